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
        return links.Measured is { } measured && measured.BetweenHosts == several && !(several && setup.Parallelism == Parallelism.Hsdp) ? measured : null;
    }

    /// <summary>Seconds of each micro-batch and of each step, nothing hidden.</summary>
    /// <param name="shape">Parameters of the model and of a block.</param>
    /// <param name="link">The measured link.</param>
    /// <param name="setup">Ranks, sharding and precision.</param>
    public static (double PerMicroBatch, double PerStep) Of(in ShapeCosts shape, MachineLink link, in TrainingSetup setup)
    {
        double ranks = setup.Gpus, layers = shape.Layers, all = WideBytes * shape.Parameters;
        var block = WideBytes * shape.BlockParameters;
        var root = all - layers * block;
        var computed = setup.Precision is Precision.Fp32 or Precision.Tf32 ? 1 : 0.5;
        var buckets = Math.Max(1, Math.Floor(all / BucketBytes));

        double Time(Op operation, double bytes) => link.Seconds(operation, bytes, ranks);
        double Units(Op operation, double blockShare) => layers * Time(operation, blockShare * block) + Time(operation, root);

        return setup.Parallelism switch
        {
            Parallelism.Ddp => (0, buckets * Time(Op.AllReduce, all / buckets)),
            Parallelism.Zero1 => (0, Units(Op.ReduceScatter, 1) + Units(Op.AllGather, 1)),
            Parallelism.Zero2 => (Units(Op.ReduceScatter, 1), Units(Op.AllGather, 1)),
            Parallelism.FsdpGradOp => (Units(Op.AllGather, computed) + Units(Op.ReduceScatter, 1), 0),
            _ => (Units(Op.AllGather, computed) + layers * Time(Op.AllGather, computed * block) + Units(Op.ReduceScatter, 1), 0),
        };
    }
}
