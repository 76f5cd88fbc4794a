using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Matrix;

/// <summary>Draws possible bursts by seed: every field at random from its range, so that no two fields move together.</summary>
internal sealed class BurstPool(PoolRanges ranges, int threads, int seed)
{
    private const double RecomputedShare = 0.25, AttentionRecomputedShare = 0.1;
    private const int FfnMultiple = 32;
    private readonly Random _random = new(seed);

    /// <summary><paramref name="count"/> different specs.</summary>
    public IReadOnlyList<BurstSpec> Draw(int count)
    {
        var specs = new HashSet<BurstSpec>();
        for (var tries = 0; specs.Count < count && tries < 50 * count; tries++)
        {
            if (TryDraw() is { } spec)
                specs.Add(spec);
        }
        return [.. specs];
    }

    private BurstSpec? TryDraw()
    {
        var width = One(ranges.Widths);
        var headDim = One(ranges.HeadDims);
        var groups = One(ranges.Groups);
        var kind = One(ranges.Kinds);
        var (experts, windows) = (OneOfSeveral(ranges.Experts), OneOfSeveral(ranges.Windows));
        if (width % headDim != 0 || width / headDim % groups != 0)
            return null;
        return new()
        {
            NLayers = One(ranges.Layers),
            DModel = width,
            NHeads = width / headDim,
            NKvHeads = width / headDim / groups,
            DFfn = kind == FfnKind.Gelu ? 4 * width : (8 * width / 3 + FfnMultiple - 1) / FfnMultiple * FfnMultiple,
            FfnKind = kind,
            Experts = experts,
            Windows = windows,
            Vocab = One(ranges.Vocabs),
            TiedEmbeddings = _random.Next(2) == 0,
            SeqLen = One(ranges.SeqLens),
            MicroBatch = One(ranges.MicroBatches),
            GradAccum = One(ranges.Accumulations),
            Precision = One([BurstPrecision.Fp32, BurstPrecision.Bf16]),
            Attention = One([AttentionKind.Flash, AttentionKind.Vanilla]),
            Recomputation = Recomputed(_random.NextDouble()),
            Parallelism = One(ranges.Parallelisms),
            Steps = 60,
            Warmup = 6,
            Seed = 1,
            Threads = threads,
        };
    }

    private static Recomputation Recomputed(double draw) => draw < RecomputedShare ? Recomputation.Full
        : draw < RecomputedShare + AttentionRecomputedShare ? Recomputation.Attention
        : Recomputation.None;

    /// <summary>Draws nothing where there is no choice: ranges without experts and windows give the bursts that they always gave.</summary>
    private T OneOfSeveral<T>(IReadOnlyList<T> values) => values.Count == 1 ? values[0] : One(values);

    private T One<T>(IReadOnlyList<T> values) => values[_random.Next(values.Count)];
}
