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
        var units = new Units(shape.Layers, shape.BlockParameters, shape.Parameters - shape.Layers * shape.BlockParameters, prefetches);
        if (setup.Mesh.Expert > 1)
        {
            var experts = shape.ExpertParameters / shape.Layers;
            schedule.Experts(units with { Block = experts / setup.Mesh.Expert, Root = 0 }, setup, bytes);
            units = units with { Block = units.Block - experts };
        }
        var trained = setup.Tuning.Freezes ? Trained(units, shape, setup.Tuning) : units;
        var hasReplicas = setup.Mesh.Replicas > 1;
        var shards = setup.Mesh.Shards * setup.Mesh.Context;
        switch (setup.Sharded)
        {
            case ShardedState.Optimizer when !hasReplicas:
                schedule.Scatter(trained, bytes.Reduce, CallPhase.Step);
                schedule.Gather(trained, bytes.Gather, bytes.Gather, CallPhase.Step);
                break;
            case ShardedState.Optimizer when shards > 1:
                schedule.Buckets(trained, bytes.Reduce);
                schedule.Gather(trained, bytes.Gather, bytes.Gather, CallPhase.Step);
                break;
            case ShardedState.Gradients when shards > 1:
                schedule.Scatter(trained, bytes.Reduce, CallPhase.MicroBatch);
                schedule.Gather(trained, bytes.Gather, bytes.Gather, CallPhase.Step);
                schedule.Replicate(trained, hasReplicas ? bytes.Reduce / shards : 0);
                break;
            case ShardedState.Parameters when shards > 1:
                var gathered = setup.Tuning.Freezes ? Gathered(units, trained, setup.Tuning, bytes.Gather) : units;
                schedule.Scatter(trained, bytes.Reduce, CallPhase.MicroBatch);
                schedule.Gather(gathered, bytes.Gather, prefetches ? bytes.Gather : bytes.Parameter, CallPhase.MicroBatch);
                if (setup.ReshardAfterForward)
                    schedule.Add(new(Op.AllGather, bytes.Gather * gathered.Block, MeshAxis.Shards, gathered.Blocks, CallPhase.MicroBatch,
                        prefetches));
                schedule.Replicate(trained, hasReplicas ? bytes.Reduce / shards : 0);
                break;
            default:
                schedule.Buckets(trained, bytes.Reduce);
                break;
        }
        return schedule;
    }

    /// <summary>
    /// Experts that ranks share: the ranks with the same ones add up their gradients and, under full sharding, gather them. Each rank's
    /// part is a unit beside the block's other weights.
    /// </summary>
    private void Experts(in Units experts, in TrainingSetup setup, in ElementBytes bytes)
    {
        if (setup.Mesh.GradientRanks == setup.Mesh.Expert)
            return;
        const MeshAxis Copies = MeshAxis.ExpertCopies;
        var phase = setup.Sharded >= ShardedState.Gradients ? CallPhase.MicroBatch : CallPhase.Step;
        if (setup.Sharded == ShardedState.None)
        {
            Add(new(Op.AllReduce, bytes.Reduce * experts.Block, Copies, experts.Blocks, phase, experts.Prefetches));
            return;
        }
        var gathers = setup.Sharded == ShardedState.Parameters && setup.ReshardAfterForward ? 2 : 1;
        Add(new(Op.ReduceScatter, bytes.Reduce * experts.Block, Copies, experts.Blocks, phase, experts.Prefetches));
        Add(new(
            Op.AllGather, bytes.Gather * experts.Block, Copies, gathers * experts.Blocks,
            setup.Sharded == ShardedState.Parameters ? CallPhase.MicroBatch : CallPhase.Step, experts.Prefetches));
    }

    /// <summary>What has gradients: adapters in every block, or the last blocks; the root is frozen.</summary>
    private static Units Trained(in Units units, in ShapeCosts shape, in Tuning tuning)
    {
        var blocks = tuning.HasAdapters ? units.Blocks : Math.Min(units.Blocks, tuning.TrainedBlocks);
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
    private void Scatter(in Units units, double bytes, CallPhase phase)
    {
        var beside = units.Prefetches ? units.Blocks : units.Blocks - 1;
        Add(new(Op.ReduceScatter, bytes * units.Block, MeshAxis.Shards, beside, phase, Overlaps: true));
        if (!units.Prefetches)
            Add(new(Op.ReduceScatter, bytes * units.Block, MeshAxis.Shards, 1, phase, Overlaps: false));
        Add(new(Op.ReduceScatter, bytes * units.Root, MeshAxis.Shards, 1, phase, units.Prefetches));
    }

    private void Gather(in Units units, double blockBytes, double rootBytes, CallPhase phase)
    {
        Add(new(Op.AllGather, blockBytes * units.Block, MeshAxis.Shards, units.Blocks, phase, units.Prefetches));
        Add(new(Op.AllGather, rootBytes * units.Root, MeshAxis.Shards, 1, phase, units.Prefetches));
    }

    /// <summary>Blocks fill buckets from the last on; what is left of them goes with the root.</summary>
    private void Buckets(in Units units, double bytes)
    {
        var blocksOfBucket = Math.Ceiling(BucketBytes / (bytes * units.Block));
        var full = Math.Floor(units.Blocks / blocksOfBucket);
        Add(new(Op.AllReduce, blocksOfBucket * bytes * units.Block, MeshAxis.Data, full, CallPhase.Step, Overlaps: true));
        var left = (units.Blocks - full * blocksOfBucket) * units.Block + units.Root;
        Add(new(Op.AllReduce, bytes * left, MeshAxis.Data, 1, CallPhase.Step, units.Prefetches));
    }

    /// <summary>Each rank's share of the gradients, added up over the replicas once a step.</summary>
    private void Replicate(in Units units, double bytes)
    {
        if (bytes == 0)
            return;
        Add(new(Op.AllReduce, bytes * units.Block, MeshAxis.Replicas, units.Blocks, CallPhase.Step, Overlaps: true));
        Add(new(Op.AllReduce, bytes * units.Root, MeshAxis.Replicas, 1, CallPhase.Step, units.Prefetches));
    }

    private void Add(in CollectiveCall call)
    {
        if (call.Times > 0 && call.Bytes > 0)
            _calls[_count++] = call;
    }

    private readonly record struct Units(double Blocks, double Block, double Root, bool Prefetches);

    [InlineArray(10)]
    private struct Buffer
    {
        private CollectiveCall _first;
    }
}
