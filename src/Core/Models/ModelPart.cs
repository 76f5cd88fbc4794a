namespace SlmPlanner.Core.Models;

/// <summary>The part of a model's blocks that one rank has where ranks share the model.</summary>
/// <param name="Tensor">Ranks that share each multiply, ≥ 1.</param>
/// <param name="Experts">Ranks that share the experts of a block, ≥ 1.</param>
/// <param name="Blocks">Share of the blocks that are on the rank's stage, above 0 to 1.</param>
internal readonly record struct ModelPart(int Tensor, int Experts, double Blocks)
{
    /// <summary>Blocks of the model after those of the rank's stage.</summary>
    public int After { get; init; }

    /// <summary>All of it.</summary>
    public static ModelPart Whole { get; } = new(1, 1, 1);

    /// <summary>
    /// Share of a state of the experts that is not among so many ranks which divide it: ranks that share experts have parts of their own,
    /// which fewer ranks than those do not make larger. 0 where they are no fewer.
    /// </summary>
    /// <param name="ranks">Ranks that divide the state, ≥ 1.</param>
    public double Elsewhere(int ranks) => Experts > ranks ? 1 - ((double)ranks / Experts) : 0;
}
