using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Core;
using SlmPlanner.Data.Measurements.Bursts;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Distributed.DataParallel;

/// <summary>Builds the store of a spec's parallelism.</summary>
internal static class ParameterStores
{
    /// <summary>Draws the initial values by the spec's seed. All ranks must call together.</summary>
    /// <param name="spec">The configuration.</param>
    /// <param name="decoder">The model.</param>
    /// <param name="device">Where it runs.</param>
    /// <param name="group">All ranks, on the device's memory.</param>
    /// <param name="shardRanks">Neighbouring ranks that share one copy in hybrid sharding: those of a host.</param>
    /// <param name="bucketBytes">Least size of a DDP bucket.</param>
    /// <exception cref="InputException">The parallelism and the number of ranks do not go together.</exception>
    public static IParameterStore Create(
        BurstSpec spec, Decoder decoder, Device device, ICollectives group, int shardRanks,
        long bucketBytes = ReplicatedParameters.DefaultBucketBytes)
    {
        var settings = new AdamWSettings();
        return spec.Parallelism switch
        {
            BurstParallelism.OneRank when group.Size > 1 =>
                throw new InputException($"parallelism is single; {group.Size} ranks need another one"),
            BurstParallelism.OneRank => new ResidentParameters(decoder, spec.Seed, device, settings),
            BurstParallelism.Ddp => new ReplicatedParameters(decoder, spec.Seed, device, settings, group, bucketBytes),
            BurstParallelism.Zero1 => new ShardedOptimizerParameters(decoder, spec.Seed, device, settings, group, everyMicroBatch: false),
            BurstParallelism.Zero2 => new ShardedOptimizerParameters(decoder, spec.Seed, device, settings, group, everyMicroBatch: true),
            BurstParallelism.FsdpFull => new FullyShardedParameters(decoder, spec, device, settings, group, new SoloCollectives()),
            _ => Hybrid(spec, decoder, device, settings, group, shardRanks),
        };
    }

    private static FullyShardedParameters Hybrid(
        BurstSpec spec, Decoder decoder, Device device, AdamWSettings settings, ICollectives group, int shardRanks) =>
        group.Size % shardRanks == 0
            ? new(decoder, spec, device, settings, group.Split(group.Rank / shardRanks), group.Split(group.Rank % shardRanks))
            : throw new InputException($"hybrid sharding: {shardRanks} ranks per shard group do not divide {group.Size} ranks");
}

/// <summary>What a store holds of a unit, put together on every rank: for proofs of equality. All ranks must ask together.</summary>
internal interface IUnitState
{
    /// <summary>The unit's parameters in fp32, flattened in slot order.</summary>
    float[] Parameters(int unit);

    /// <summary>The unit's gradients of this step, averaged over ranks; after the last micro-batch and before the update.</summary>
    float[] Gradients(int unit);
}
