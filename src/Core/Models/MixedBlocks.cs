using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Core.Models;

/// <summary>Scores of equal head width and window over all blocks.</summary>
/// <param name="HeadDim">Width of a head.</param>
/// <param name="Window">Tokens that a token sees at most; null without bound.</param>
/// <param name="ScoreWidth">Widths of queries and results, their mean, summed over the blocks.</param>
/// <param name="Heads">Query heads, summed over the blocks.</param>
internal readonly record struct AttentionSum(double HeadDim, int? Window, double ScoreWidth, double Heads);

/// <summary>
/// Sums over blocks that are not all equal, or have experts or recurrences: worked out once for a model, so that a candidate costs the
/// search the same whatever the model.
/// </summary>
internal sealed record MixedBlocks
{
    /// <summary>Memory-bound work per feed-forward element over that per hidden element: one activation against norms and residuals.</summary>
    public const double FfnElementShare = 0.3;

    /// <summary>
    /// The same per element of a token that is sent to an expert and back: read and written on both ways, against the some seven accesses
    /// per hidden element of a block's forward pass.
    /// </summary>
    private const double RoutedElementShare = 0.6;

    /// <summary>Multiplies that every token passes.</summary>
    public required MatmulSums Dense { get; init; }

    /// <summary>Of <see cref="Dense"/> those that torchtitan's policy per operation computes again.</summary>
    public required MatmulSums DenseAgain { get; init; }

    /// <summary>Multiplies of routed experts.</summary>
    public required MatmulSums Experts { get; init; }

    /// <summary>Of <see cref="Experts"/> those that are computed again.</summary>
    public required MatmulSums ExpertsAgain { get; init; }

    /// <summary>Scores; few, since most models have one or two kinds of attention.</summary>
    public required AttentionSum[] Attention { get; init; }

    /// <summary>Elements of hidden state that norms, activations, residuals and the way to experts move, in units of one hidden element.</summary>
    public required double MovedElements { get; init; }

    /// <summary>Elements per token that recurrences read and write.</summary>
    public required double StateElements { get; init; }

    /// <summary>Operations per token of the recurrences themselves.</summary>
    public required double StateFlops { get; init; }

    /// <summary>Sums a shape's blocks.</summary>
    public static MixedBlocks Of(TransformerShape shape)
    {
        var kinds = shape.Blocks.Kinds;
        var matrices = kinds.SelectMany(kind => kind.Block.Matrices(shape.DModel), (kind, matrix) => (kind.Count, Matrix: matrix)).ToList();
        var again = kinds.SelectMany(kind => kind.Block.Again(shape.DModel), (kind, matrix) => (kind.Count, Matrix: matrix)).ToList();
        var mixers = kinds.SelectMany(kind => kind.Block.Mixers, (kind, mixer) => (kind.Count, Mixer: mixer)).ToList();
        return new()
        {
            Dense = MatmulSums.Of(matrices.Where(entry => !IsExpert(entry.Matrix))),
            DenseAgain = MatmulSums.Of(again.Where(entry => !IsExpert(entry.Matrix))),
            Experts = MatmulSums.Of(matrices.Where(entry => IsExpert(entry.Matrix))),
            ExpertsAgain = MatmulSums.Of(again.Where(entry => IsExpert(entry.Matrix))),
            Attention = [.. mixers.Where(entry => entry.Mixer.Core is not null)
                .GroupBy(entry => (entry.Mixer.Core!.Value.HeadDim, entry.Mixer.Core.Value.Window))
                .Select(group => new AttentionSum(
                    group.Key.HeadDim, group.Key.Window,
                    group.Sum(entry => entry.Count * entry.Mixer.Core!.Value.ScoreWidth),
                    group.Sum(entry => entry.Count * entry.Mixer.Core!.Value.Heads)))],
            MovedElements = kinds.Sum(kind => kind.Count * Moved(kind.Block, shape.DModel)),
            StateElements = mixers.Sum(entry => entry.Count * entry.Mixer.StateElements),
            StateFlops = mixers.Sum(entry => entry.Count * entry.Mixer.StateFlops),
        };
    }

    /// <summary>The part of the average rank: multiplies, heads and states divided among tensor-parallel ranks, blocks among stages.</summary>
    /// <param name="tensor">Tensor-parallel ranks.</param>
    /// <param name="stages">Stages.</param>
    /// <param name="tokens">Ranks that divide the rest of a block by tokens.</param>
    public MixedBlocks On(double tensor, double stages, double tokens) => this with
    {
        Dense = Dense.On(tensor, stages),
        DenseAgain = DenseAgain.On(tensor, stages),
        Experts = Experts.On(tensor, stages),
        ExpertsAgain = ExpertsAgain.On(tensor, stages),
        Attention = [.. Attention.Select(sum => sum with { ScoreWidth = sum.ScoreWidth / (tensor * stages), Heads = sum.Heads / (tensor * stages) })],
        MovedElements = MovedElements / (tokens * stages),
        StateElements = StateElements / (tensor * stages),
        StateFlops = StateFlops / (tensor * stages),
    };

    private static bool IsExpert(Matrix matrix) => matrix.Use == MatrixUse.Expert;

    private static double Moved(Block block, double width) => width
        + (block.FeedForward is { } network
            ? FfnElementShare * network.ActiveWidth * (network.Kind == FfnKind.Swiglu ? 2 : 1) + RoutedElementShare * network.RoutedCopies * width
            : 0);
}
