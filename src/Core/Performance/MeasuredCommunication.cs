using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Training;
using Op = SlmPlanner.Core.Hardware.CollectiveOperation;

namespace SlmPlanner.Core.Performance;

/// <summary>
/// Seconds of the collectives of a calibrated machine: the messages that the calibrator's own training sends, each timed by
/// the machine's measured link. The messages are those of <c>docs/distributed.md</c>: gradients, and the parameters of ZeRO and of
/// the root, in fp32; blocks gathered in the format they are computed in.
/// </summary>
internal static class MeasuredCommunication
{
    private const double WideBytes = 4;

    /// <summary>Bytes at which a bucket of DDP is full (PyTorch's default, Li et al. 2020).</summary>
    private const double BucketBytes = 25 << 20;

    /// <summary>The measured link, where it speaks for a setup: ranks that lie as the measured ones did, in one flat group.</summary>
    public static MachineLink? LinkFor(in LinkRates links, in TrainingSetup setup)
    {
        var several = setup.Nodes > 1;
        return links.Measured is { } measured && measured.BetweenHosts == several && !(several && setup.Layout.Scheme == SchemeName.Hsdp) ? measured : null;
    }

    /// <summary>
    /// Seconds of each micro-batch and of each step. What runs beside computation is what the calibrator's training starts before the
    /// last unit's gradients are there: DDP's full buckets, and the scattered gradients of all blocks but the last to be computed. The root's
    /// gradients come last, and gathers are waited for.
    /// </summary>
    /// <param name="shape">Parameters of the model and of a block.</param>
    /// <param name="link">The measured link.</param>
    /// <param name="setup">Ranks, sharding and precision.</param>
    public static MessageSeconds Of(in ShapeCosts shape, MachineLink link, in TrainingSetup setup)
    {
        double ranks = setup.Gpus, layers = shape.Layers, all = WideBytes * shape.Parameters;
        var block = WideBytes * shape.BlockParameters;
        var root = all - layers * block;
        var computed = setup.Precision.IsWide() ? 1 : 0.5;

        double Time(Op operation, double bytes) => link.Seconds(operation, bytes, ranks);
        double Units(Op operation, double blockShare) => layers * Time(operation, blockShare * block) + Time(operation, root);

        var beside = (layers - 1) * Time(Op.ReduceScatter, block);
        var last = Time(Op.ReduceScatter, block) + Time(Op.ReduceScatter, root);
        return setup.Layout.Scheme switch
        {
            SchemeName.Ddp => Buckets(link, layers, block, root, ranks),
            SchemeName.Zero1 => new(0, 0, last + Units(Op.AllGather, 1), beside),
            SchemeName.Zero2 => new(last, beside, Units(Op.AllGather, 1), 0),
            SchemeName.FsdpGradOp => new(last + Units(Op.AllGather, computed), beside, 0, 0),
            _ => new(last + Units(Op.AllGather, computed) + layers * Time(Op.AllGather, computed * block), beside, 0, 0),
        };
    }

    /// <summary>Blocks fill buckets from the last on; what is left of them goes with the root.</summary>
    private static MessageSeconds Buckets(MachineLink link, double layers, double block, double root, double ranks)
    {
        var blocksOfBucket = Math.Ceiling(BucketBytes / block);
        var full = Math.Floor(layers / blocksOfBucket);
        var left = (layers - full * blocksOfBucket) * block + root;
        return new(0, 0, link.Seconds(Op.AllReduce, left, ranks), full * link.Seconds(Op.AllReduce, blocksOfBucket * block, ranks));
    }
}
