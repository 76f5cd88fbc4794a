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
    /// <summary>
    /// Memory-bound work per feed-forward element over that per hidden element: one activation against norms and residuals.
    /// </summary>
    public const double FfnElementShare = 0.3;

    /// <summary>
    /// The same per element of a token that is sent to an expert and back: read and written on both ways, against the some seven accesses
    /// per hidden element of a block's forward pass.
    /// </summary>
    private const double RoutedElementShare = 0.6;

    /// <summary>Multiplies.</summary>
    public required BlockMultiplies Multiplies { get; init; }

    /// <summary>The same on tensor-parallel ranks.</summary>
    public required DividedMultiplies Divided { get; init; }

    /// <summary>Work and parameters of each block.</summary>
    public required BlockWork Work { get; init; }

    /// <summary>Width of keys, and of values, summed over the blocks.</summary>
    public required double KeyValueWidth { get; init; }

    /// <summary>Copies of a token that blocks send to experts, summed over the blocks.</summary>
    public required double RoutedCopies { get; init; }

    /// <summary>Blocks with experts.</summary>
    public required double ExpertBlocks { get; init; }

    /// <summary>Networks of blocks with experts, routed and shared, summed over the blocks.</summary>
    public required double ExpertNetworks { get; init; }

    /// <summary>Scores; few, since most models have one or two kinds of attention.</summary>
    public required AttentionSum[] Attention { get; init; }

    /// <summary>
    /// Elements of hidden state that norms, activations, residuals and the way to experts move, in units of one hidden element.
    /// </summary>
    public required double MovedElements { get; init; }

    /// <summary>
    /// Of <see cref="MovedElements"/> those of the feed-forward's activations, which tensor-parallel ranks divide by width.
    /// </summary>
    public required double ActivationElements { get; init; }

    /// <summary>Elements per token that recurrences read and write.</summary>
    public required double StateElements { get; init; }

    /// <summary>Operations per token of the recurrences themselves.</summary>
    public required double StateFlops { get; init; }

    /// <summary>Sums a shape's blocks.</summary>
    public static MixedBlocks Of(TransformerShape shape)
    {
        var kinds = shape.Blocks.Kinds;
        var mixers = kinds.SelectMany(kind => kind.Block.Mixers, (kind, mixer) => (kind.Count, Mixer: mixer)).ToList();
        return new()
        {
            Divided = new(shape),
            Multiplies = BlockMultiplies.Of(shape, 1),
            Attention = [.. mixers.Where(entry => entry.Mixer.Core is not null)
                .GroupBy(entry => (entry.Mixer.Core!.Value.HeadDim, entry.Mixer.Core.Value.Window))
                .Select(group => new AttentionSum(
                    group.Key.HeadDim, group.Key.Window,
                    group.Sum(entry => entry.Count * entry.Mixer.Core!.Value.ScoreWidth),
                    group.Sum(entry => entry.Count * entry.Mixer.Core!.Value.Heads)))],
            Work = BlockWork.Of(shape),
            KeyValueWidth = mixers.Sum(entry => entry.Mixer.Core is { } core ? entry.Count * (core.KeyWidth + core.KeptValueWidth) / 2 : 0),
            RoutedCopies = kinds.Sum(kind => kind.Count * (kind.Block.FeedForward?.RoutedCopies ?? 0)),
            ExpertBlocks = kinds.Sum(kind => kind.Block.FeedForward is Experts ? kind.Count : 0),
            ExpertNetworks = kinds.Sum(kind => kind.Block.FeedForward is Experts experts
                ? kind.Count * (experts.Count + (experts.SharedWidth > 0 ? 1 : 0)) : 0),
            MovedElements = kinds.Sum(kind => kind.Count * Moved(kind.Block, shape.DModel)),
            ActivationElements = kinds.Sum(kind => kind.Count * Activated(kind.Block)),
            StateElements = mixers.Sum(entry => entry.Count * entry.Mixer.StateElements),
            StateFlops = mixers.Sum(entry => entry.Count * entry.Mixer.StateFlops),
        };
    }

    /// <summary>
    /// The part of the average rank: multiplies, heads and states divided among tensor-parallel ranks, blocks among stages.
    /// </summary>
    /// <param name="tensor">Tensor-parallel ranks.</param>
    /// <param name="stages">Stages.</param>
    /// <param name="tokens">Ranks that divide the rest of a block by tokens.</param>
    /// <param name="experts">Ranks that share the experts: each reads the weights of its own.</param>
    public MixedBlocks On(int tensor, double stages, double tokens, double experts) => this with
    {
        Multiplies = Divided.Over(tensor).On(stages, experts),
        KeyValueWidth = KeyValueWidth / (tensor * stages),
        RoutedCopies = RoutedCopies / stages,
        ExpertBlocks = ExpertBlocks / stages,
        ExpertNetworks = ExpertNetworks / stages / experts,
        Attention = [.. Attention.Select(sum => sum
            with { ScoreWidth = sum.ScoreWidth / (tensor * stages), Heads = sum.Heads / (tensor * stages) })],
        MovedElements = (tensor == 1 ? MovedElements / tokens : (MovedElements - ActivationElements) / tokens + ActivationElements / tensor)
        / stages,
        StateElements = StateElements / (tensor * stages),
        StateFlops = StateFlops / (tensor * stages),
    };

    private static double Activated(Block block) => block.FeedForward is { } network
        ? FfnElementShare * network.ActiveWidth * (network.Kind == FfnKind.Swiglu ? 2 : 1) : 0;

    private static double Moved(Block block, double width) => width
        + (block.FeedForward is { } network
            ? FfnElementShare * network.ActiveWidth * (network.Kind == FfnKind.Swiglu ? 2 : 1)
            + RoutedElementShare * network.RoutedCopies * width
            : 0);
}
