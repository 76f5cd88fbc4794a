using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Matrix;

/// <summary>The values that bursts are drawn from.</summary>
internal sealed record PoolRanges
{
    private static readonly double[] WidthShares = [0.35, 0.5, 0.75, 1, 1.25, 1.5];
    private static readonly double[] VocabShares = [0.25, 1];
    private const int MostExperts = 16;
    private static readonly int[] TargetLengths = [128, 256, 512, 1024, 2048, 4096];

    /// <summary>Hidden widths.</summary>
    public required IReadOnlyList<int> Widths { get; init; }

    /// <summary>Blocks: few, since depth extrapolates well and width does not.</summary>
    public IReadOnlyList<int> Layers { get; init; } = [1, 2, 3, 4, 6, 8];

    /// <summary>Widths of a head.</summary>
    public required IReadOnlyList<int> HeadDims { get; init; }

    /// <summary>Query heads per key-value head.</summary>
    public IReadOnlyList<int> Groups { get; init; } = [1, 1, 2, 4];

    /// <summary>Decoder styles.</summary>
    public required IReadOnlyList<FfnKind> Kinds { get; init; }

    /// <summary>Vocabularies.</summary>
    public required IReadOnlyList<int> Vocabs { get; init; }

    /// <summary>Experts, and null for dense blocks, which are the usual.</summary>
    public IReadOnlyList<ExpertLayers?> Experts { get; init; } = [null];

    /// <summary>Windows, and null for none, which is the usual.</summary>
    public IReadOnlyList<WindowLayers?> Windows { get; init; } = [null];

    /// <summary>Sequence lengths.</summary>
    public required IReadOnlyList<int> SeqLens { get; init; }

    /// <summary>Micro-batches.</summary>
    public IReadOnlyList<int> MicroBatches { get; init; } = [1, 2, 3, 4, 6, 8, 16];

    /// <summary>Accumulations; one is the usual.</summary>
    public IReadOnlyList<int> Accumulations { get; init; } = [1, 1, 1, 2, 4];

    /// <summary>How ranks share states; one rank alone unless the run has several.</summary>
    public IReadOnlyList<BurstParallelism> Parallelisms { get; init; } = [BurstParallelism.OneRank];

    /// <summary>The schemes of a run on several ranks, one rank among them, since it tells computation from communication.</summary>
    public static IReadOnlyList<BurstParallelism> Ranked { get; } =
        [BurstParallelism.OneRank, BurstParallelism.Ddp, BurstParallelism.Zero2, BurstParallelism.FsdpFull];

    /// <summary>From narrow to wide without a target in mind; what costs too much on the device is left out later.</summary>
    public static PoolRanges Default { get; } = new()
    {
        Widths = [96, 128, 192, 256, 384, 512, 640, 768, 1024, 1536, 2048, 3072, 4096],
        HeadDims = [32, 64, 128],
        Kinds = [FfnKind.Swiglu, FfnKind.Gelu],
        Vocabs = [1024, 2048, 4096, 8192, 16384, 32768],
        SeqLens = [64, 128, 192, 256, 384, 512, 768, 1024, 2048],
    };

    /// <summary>
    /// Values between those of <see cref="Default"/>, none of them in it but the shortest micro-batches: what a calibration has never met.
    /// </summary>
    public static PoolRanges Between { get; } = new()
    {
        Widths = [160, 224, 320, 448, 576, 704, 896],
        Layers = [2, 3, 5, 7],
        HeadDims = [32, 64],
        Groups = [1],
        Kinds = [FfnKind.Swiglu, FfnKind.Gelu],
        Vocabs = [1500, 3000, 6000, 12000],
        SeqLens = [96, 160, 320, 448, 640, 896, 1280],
        MicroBatches = [1, 2, 3, 5],
        Accumulations = [1, 1, 2, 3],
    };

    /// <summary>
    /// Ranges whose widths bracket a model's: half of it to one and a half times, its head size, kind and vocabulary. A model with experts
    /// gives bursts with some and without, one with windows bursts with its window, a quarter of it and none.
    /// </summary>
    public static PoolRanges For(TransformerShape shape)
    {
        int Width(double factor) => Math.Max(1, (int)Math.Round(shape.DModel * factor / shape.HeadDim)) * shape.HeadDim;
        return Default with
        {
            Widths = [.. WidthShares.Select(Width).Distinct()],
            Layers = [1, 2, 3, 4],
            HeadDims = [shape.HeadDim],
            Groups = [shape.Heads / shape.KvHeads, 1],
            Kinds = [shape.FfnKind],
            Experts = LayersOf(shape),
            Windows = WindowsOf(shape),
            Vocabs = [.. VocabShares.Select(share => Math.Max(2, (int)(shape.Vocab * share))).Distinct()],
            SeqLens = [.. TargetLengths.Where(length => length <= 2 * shape.MaxPositions)],
        };
    }

    /// <summary>As many for each token, of no more experts than a burst has time for, as wide as the model's and half as wide.</summary>
    private static IReadOnlyList<ExpertLayers?> LayersOf(TransformerShape shape)
    {
        if (shape.Blocks.Select(run => run.Block.FeedForward).OfType<Experts>().FirstOrDefault() is not { } experts)
            return [null];
        var count = Math.Max(experts.PerToken, Math.Min(experts.Count, MostExperts));
        ExpertLayers Layers(int width, int shared) => new(count, experts.PerToken, Math.Max(1, width), shared);
        return [null, Layers(experts.Width, experts.SharedWidth), Layers(experts.Width / 2, experts.SharedWidth / 2)];
    }

    private static IReadOnlyList<WindowLayers?> WindowsOf(TransformerShape shape) =>
        shape.Blocks.Select(run => run.Block.Mixer).OfType<SelfAttention>().Select(mixer => mixer.Window).Max() is { } window
            ? [null, new(window), new(Math.Max(1, window / 4))]
            : [null];
}
