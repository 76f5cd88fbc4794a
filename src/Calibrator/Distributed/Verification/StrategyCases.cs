using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Distributed.Verification;

/// <summary>The configurations that <c>check-ranks</c> tries: every strategy in both precisions, with accumulation.</summary>
internal static class StrategyCases
{
    private static readonly BurstParallelism[] Strategies =
        [BurstParallelism.Ddp, BurstParallelism.Zero1, BurstParallelism.Zero2, BurstParallelism.FsdpFull, BurstParallelism.Hsdp];

    /// <summary>A decoder of a few ten thousand parameters whose units do not divide evenly among ranks.</summary>
    public static BurstSpec Small { get; } = new()
    {
        NLayers = 3,
        DModel = 40,
        NHeads = 4,
        NKvHeads = 2,
        DFfn = 72,
        FfnKind = FfnKind.Swiglu,
        Vocab = 97,
        TiedEmbeddings = true,
        SeqLen = 24,
        MicroBatch = 2,
        GradAccum = 2,
        Precision = BurstPrecision.Fp32,
        Attention = AttentionKind.Flash,
        Recomputation = Recomputation.None,
        Parallelism = BurstParallelism.Ddp,
        Steps = 1,
        Warmup = 0,
        Seed = 3,
        Threads = 1,
    };

    /// <summary>All cases; full sharding with and without recomputation, for it frees parameters differently.</summary>
    public static IEnumerable<BurstSpec> All =>
        from strategy in Strategies
        from precision in new[] { BurstPrecision.Fp32, BurstPrecision.Bf16 }
        from recomputation in new[] { Recomputation.None, Recomputation.Full }
        where recomputation == Recomputation.None || strategy == BurstParallelism.FsdpFull
        select Small with { Parallelism = strategy, Precision = precision, Recomputation = recomputation };
}
