using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;
using Op = SlmPlanner.Core.Hardware.CollectiveOperation;

namespace SlmPlanner.Core.Communication;

/// <summary>
/// The collectives of one optimizer step, unit by unit: each block is a unit, and what is left (embedding, head, last norm) the root.
/// Kept in place, without allocation. Volumes: Rajbhandari et al. 2020, section 7; units and buckets: Li et al. 2020, Zhao et al. 2023.
/// </summary>
internal struct CollectiveSchedule
{
    /// <summary>Bytes at which a bucket of DDP is full (PyTorch's default, Li et al. 2020).</summary>
    private const double BucketBytes = 25 << 20;

    private Buffer _calls;
    private int _count;

    [UnscopedRef]
    public readonly ReadOnlySpan<CollectiveCall> Calls => ((ReadOnlySpan<CollectiveCall>)_calls)[.._count];

    /// <summary>The calls of a step.</summary>
    /// <param name="shape">Parameters of a rank's part of the model and of a block.</param>
    /// <param name="setup">Layout and precision.</param>
    /// <param name="stack">What the stack is known to send.</param>
    /// <param name="prefetches">
    /// True where gathers start ahead of their use and every reduction runs beside computation, as stacks do; false for the calibrator's
    /// own training, which waits for gathers and for the gradients of the last block and the root, and gathers the root in fp32.
    /// </param>
    public static CollectiveSchedule Of(in ShapeCosts shape, in TrainingSetup setup, in StackWidths stack, bool prefetches)
    {
        var schedule = new CollectiveSchedule();
        if (setup.Mesh.GradientRanks == 1)
            return schedule;
        var bytes = ElementBytes.Of(setup.Precision, setup.Sharded, stack);
        var held = new Units(shape.Layers, shape.BlockParameters, shape.Parameters - shape.Layers * shape.BlockParameters, prefetches);
        var trained = setup.Tuning.Freezes ? Trained(held, shape, setup.Tuning) : held;
        if (setup.Mesh.Expert > 1)
        {
            double ranks = setup.Mesh.Expert, experts = shape.BlockExperts;
            var trainedExperts = setup.Tuning.Freezes ? shape.TrainedExperts(setup.Tuning) / trained.Blocks : experts;
            schedule.Share(held with { Block = experts / ranks, Root = 0 }, trained with { Block = trainedExperts / ranks, Root = 0 },
                setup, bytes, Sharers.OfExperts(setup.Mesh));
            held = held with { Block = held.Block - experts };
            trained = trained with { Block = trained.Block - trainedExperts };
        }
        schedule.Share(held, trained, setup, bytes, Sharers.OfAll(setup.Mesh));
        return schedule;
    }

    /// <summary>
    /// What ranks with the same parameters send: they add up the gradients of those that are trained, and gather what they divide.
    /// Experts that ranks share are units beside the blocks' other weights, with sharers of their own.
    /// </summary>
    private void Share(in Units held, in Units trained, in TrainingSetup setup, in ElementBytes bytes, in Sharers sharers)
    {
        if (sharers.Replicas * sharers.Shards == 1)
            return;
        var hasReplicas = sharers.Replicas > 1;
        var shares = hasReplicas ? bytes.Reduce / sharers.Shards : 0;
        switch (setup.Sharded)
        {
            case ShardedState.Optimizer when !hasReplicas:
                Scatter(trained, bytes.Reduce, CallPhase.Step, sharers);
                Gather(trained, bytes.Gather, bytes.Gather, CallPhase.Step, sharers);
                break;
            case ShardedState.Optimizer when sharers.Shards > 1:
                Buckets(trained, bytes.Reduce, sharers);
                Gather(trained, bytes.Gather, bytes.Gather, CallPhase.Step, sharers);
                break;
            case ShardedState.Gradients when sharers.Shards > 1:
                Scatter(trained, bytes.Reduce, CallPhase.MicroBatch, sharers);
                Gather(trained, bytes.Gather, bytes.Gather, CallPhase.Step, sharers);
                Replicate(trained, shares, sharers);
                break;
            case ShardedState.Parameters when sharers.Shards > 1:
                var gathered = setup.Tuning.Freezes ? Gathered(held, trained, setup.Tuning, bytes.Gather) : held;
                var rootBytes = held.Prefetches ? bytes.Gather : bytes.Parameter;
                Scatter(trained, bytes.Reduce, CallPhase.MicroBatch, sharers);
                Gather(gathered, bytes.Gather, rootBytes, CallPhase.MicroBatch, sharers);
                if (setup.ReshardAfterForward)
                    Add(new(Op.AllGather, bytes.Gather * gathered.Block, sharers.Sharded, gathered.Blocks, CallPhase.MicroBatch,
                        held.Prefetches));
                Replicate(trained, shares, sharers);
                break;
            default:
                Buckets(trained, bytes.Reduce, sharers);
                break;
        }
    }

    /// <summary>What has gradients: adapters in every block, or the last blocks; the root is frozen.</summary>
    private static Units Trained(in Units units, in ShapeCosts shape, in Tuning tuning)
    {
        var blocks = tuning.HasAdapters ? units.Blocks : shape.TrainedBlocks(tuning);
        return new(blocks, shape.Trained(tuning) / blocks, 0, units.Prefetches);
    }

    /// <summary>
    /// What full sharding gathers, as parameters of the usual bytes: frozen weights of blocks as they are kept, those of the root in 16
    /// bits, adapters beside them.
    /// </summary>
    private static Units Gathered(in Units units, in Units trained, in Tuning tuning, double gatherBytes) => units with
    {
        Block = units.Block * tuning.FrozenBytes / gatherBytes + (tuning.HasAdapters ? trained.Block : 0),
        Root = units.Root * Tuning.WideBytes / gatherBytes,
    };

    /// <summary>Gradients of each unit as they come: blocks from the last on, the root at the end.</summary>
    private void Scatter(in Units units, double bytes, CallPhase phase, in Sharers sharers)
    {
        var beside = units.Prefetches ? units.Blocks : units.Blocks - 1;
        Add(new(Op.ReduceScatter, bytes * units.Block, sharers.Sharded, beside, phase, Overlaps: true));
        if (!units.Prefetches)
            Add(new(Op.ReduceScatter, bytes * units.Block, sharers.Sharded, 1, phase, Overlaps: false));
        Add(new(Op.ReduceScatter, bytes * units.Root, sharers.Sharded, 1, phase, units.Prefetches));
    }

    private void Gather(in Units units, double blockBytes, double rootBytes, CallPhase phase, in Sharers sharers)
    {
        Add(new(Op.AllGather, blockBytes * units.Block, sharers.Sharded, units.Blocks, phase, units.Prefetches));
        Add(new(Op.AllGather, rootBytes * units.Root, sharers.Sharded, 1, phase, units.Prefetches));
    }

    /// <summary>Blocks fill buckets from the last on; what is left of them goes with the root.</summary>
    private void Buckets(in Units units, double bytes, in Sharers sharers)
    {
        if (units.Block == 0)
            return;
        var blocksOfBucket = Math.Ceiling(BucketBytes / (bytes * units.Block));
        var full = Math.Floor(units.Blocks / blocksOfBucket);
        Add(new(Op.AllReduce, blocksOfBucket * bytes * units.Block, sharers.All, full, CallPhase.Step, Overlaps: true));
        var left = (units.Blocks - full * blocksOfBucket) * units.Block + units.Root;
        Add(new(Op.AllReduce, bytes * left, sharers.All, 1, CallPhase.Step, units.Prefetches));
    }

    /// <summary>Each rank's share of the gradients, added up over the replicas once a step.</summary>
    private void Replicate(in Units units, double bytes, in Sharers sharers)
    {
        if (bytes == 0)
            return;
        Add(new(Op.AllReduce, bytes * units.Block, sharers.Replicated, units.Blocks, CallPhase.Step, Overlaps: true));
        Add(new(Op.AllReduce, bytes * units.Root, sharers.Replicated, 1, CallPhase.Step, units.Prefetches));
    }

    private void Add(in CollectiveCall call)
    {
        if (call.Times > 0 && call.Bytes > 0)
            _calls[_count++] = call;
    }

    private readonly record struct Units(double Blocks, double Block, double Root, bool Prefetches);

    /// <summary>Ranks that have the same parameters: all, those that share one copy of what is sharded, and the copies.</summary>
    private readonly record struct Sharers(MeshAxis All, MeshAxis Sharded, MeshAxis Replicated, int Shards, int Replicas)
    {
        public static Sharers OfAll(Mesh mesh) =>
            new(MeshAxis.Data, MeshAxis.Shards, MeshAxis.Replicas, mesh.Shards * mesh.Context, mesh.Replicas);

        public static Sharers OfExperts(Mesh mesh) =>
            new(MeshAxis.ExpertCopies, MeshAxis.ExpertShards, MeshAxis.ExpertReplicas, mesh.ExpertShards, mesh.ExpertReplicas);
    }

    [InlineArray(13)]
    private struct Buffer
    {
        private CollectiveCall _first;
    }
}
