namespace SlmPlanner.Core.Models;

/// <summary>An amount on the stages of a pipeline, in units of the mean block.</summary>
/// <param name="First">On the first stage.</param>
/// <param name="Last">On the last stage.</param>
/// <param name="Most">The most on a stage that is not the last.</param>
internal readonly record struct StageShares(double First, double Last, double Most);

/// <summary>One stage of a pipeline whose blocks differ.</summary>
/// <param name="End">Blocks of this stage and those before it.</param>
/// <param name="Work">Work of its blocks, in mean blocks.</param>
internal readonly record struct StageWork(int End, double Work);
