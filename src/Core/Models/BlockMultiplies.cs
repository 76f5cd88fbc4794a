using System.Collections.Concurrent;
using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Core.Models;

/// <summary>Multiplies of all blocks.</summary>
/// <param name="Dense">Those that every token passes.</param>
/// <param name="DenseAgain">Of them those that torchtitan's policy per operation computes again.</param>
/// <param name="Experts">Those of routed experts.</param>
/// <param name="ExpertsAgain">Of them those that are computed again.</param>
internal sealed record BlockMultiplies(MatmulSums Dense, MatmulSums DenseAgain, MatmulSums Experts, MatmulSums ExpertsAgain)
{
    /// <summary>Sums a shape's blocks, or a tensor-parallel rank's part of them.</summary>
    /// <param name="shape">The model.</param>
    /// <param name="tensor">Tensor-parallel ranks.</param>
    public static BlockMultiplies Of(TransformerShape shape, int tensor)
    {
        var kinds = shape.Blocks.Kinds;
        MatmulSums Sum(Func<Block, IEnumerable<Matrix>> matrices, bool ofExperts) => MatmulSums.Of(
            from kind in kinds
            from matrix in matrices(kind.Block)
            where matrix.Use == MatrixUse.Expert == ofExperts
            select (kind.Count, tensor == 1 ? matrix : matrix.Over(tensor, shape.DModel)));
        IEnumerable<Matrix> All(Block block) => block.Matrices(shape.DModel);
        IEnumerable<Matrix> Again(Block block) => block.Again(shape.DModel);
        return new(Sum(All, ofExperts: false), Sum(Again, ofExperts: false), Sum(All, ofExperts: true), Sum(Again, ofExperts: true));
    }

    /// <summary>The part of the average stage; of experts that ranks share, the weights of one rank's.</summary>
    public BlockMultiplies On(double stages, double experts) =>
        new(Dense.On(stages), DenseAgain.On(stages), Experts.On(stages).Shared(experts), ExpertsAgain.On(stages).Shared(experts));
}

/// <summary>Multiplies on tensor-parallel ranks, worked out once for each number of them.</summary>
/// <param name="shape">The model.</param>
internal sealed class DividedMultiplies(TransformerShape shape)
{
    private readonly ConcurrentDictionary<int, BlockMultiplies> _parts = new();

    /// <summary>The part of one of so many ranks.</summary>
    public BlockMultiplies Over(int ranks) => _parts.GetOrAdd(ranks, static (count, whole) => BlockMultiplies.Of(whole, count), shape);
}
