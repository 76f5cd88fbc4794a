namespace SlmPlanner.Core.Models;

/// <summary>One stage of a pipeline whose blocks differ.</summary>
/// <param name="End">Blocks of this stage and those before it.</param>
/// <param name="Work">Work of its blocks, in mean blocks.</param>
internal readonly record struct StageWork(int End, double Work);
