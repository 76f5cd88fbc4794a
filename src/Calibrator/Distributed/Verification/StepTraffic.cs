using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Calibrator.Distributed.DataParallel;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Distributed.Verification;

/// <summary>
/// Whole-message bytes that one optimizer step must move, by theory (Rajbhandari et al. 2020, section 7; Zhao et al. 2023):
/// with P the padded parameters and A the micro-batches, DDP all-reduces 4P once; ZeRO scatters 4P (stage 1 once, stage 2
/// A times) and gathers 4P; full sharding gathers every block twice and the root once and scatters 4P, each A times; hybrid
/// sharding also all-reduces one shard once across replicas.
/// </summary>
/// <param name="AllReduceBytes">All-reduces.</param>
/// <param name="ReduceScatterBytes">Reduce-scatters.</param>
/// <param name="AllGatherBytes">All-gathers.</param>
internal sealed record StepTraffic(long AllReduceBytes, long ReduceScatterBytes, long AllGatherBytes)
{
    private const int Fp32Bytes = 4;

    /// <summary>What was counted.</summary>
    public static StepTraffic Of(Traffic traffic) => new(
        traffic.Bytes(CollectiveKind.AllReduce), traffic.Bytes(CollectiveKind.ReduceScatter), traffic.Bytes(CollectiveKind.AllGather));

    /// <summary>What theory says.</summary>
    /// <param name="spec">The configuration.</param>
    /// <param name="decoder">The model.</param>
    /// <param name="shards">Ranks that share one copy of what is sharded.</param>
    /// <param name="replicas">Copies, in hybrid sharding.</param>
    public static StepTraffic Of(BurstSpec spec, Decoder decoder, int shards, int replicas)
    {
        var layouts = UnitLayout.Of(decoder, spec.Parallelism == BurstParallelism.Ddp ? 1 : shards);
        var root = layouts[0].Count;
        var blocks = layouts.Skip(1).Sum(layout => layout.Count);
        var all = Fp32Bytes * (root + blocks);
        var gatheredBlocks = (spec.Precision == BurstPrecision.Bf16 ? 2 : Fp32Bytes) * blocks;
        var gathers = spec.GradAccum * ((Fp32Bytes * root) + (2 * gatheredBlocks));
        return spec.Parallelism switch
        {
            BurstParallelism.OneRank => new(0, 0, 0),
            BurstParallelism.Ddp => new(all, 0, 0),
            BurstParallelism.Zero1 => new(0, all, all),
            BurstParallelism.Zero2 => new(0, spec.GradAccum * all, all),
            _ => new(replicas > 1 ? all / shards : 0, spec.GradAccum * all, gathers),
        };
    }
}
