namespace SlmPlanner.Core.Models;

/// <summary>The part of a model's blocks that one rank has where ranks share the model.</summary>
/// <param name="Tensor">Ranks that share each multiply, ≥ 1.</param>
/// <param name="Experts">Ranks that share the experts of a block, ≥ 1.</param>
/// <param name="Blocks">Share of the blocks that are on the rank's stage, above 0 to 1.</param>
internal readonly record struct ModelPart(int Tensor, int Experts, double Blocks)
{
    /// <summary>All of it.</summary>
    public static ModelPart Whole { get; } = new(1, 1, 1);
}
