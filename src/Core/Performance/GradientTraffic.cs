using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Performance;

/// <summary>
/// Bytes of memory that the calibrator's training on several ranks reads and writes for gradients and gathered parameters beside its
/// messages, counted in its code (<c>docs/distributed.md</c> names the places). The sum of the ranks' parts is in the measured link.
/// </summary>
internal static class GradientTraffic
{
    /// <summary>Two operands read and a sum written, fp32.</summary>
    private const double AddBytes = 12;

    /// <summary>One copy, read and written, fp32.</summary>
    private const double CopyBytes = 8;

    private const double ZeroBytes = 4;

    /// <summary>fp32 read, 16 bits written.</summary>
    private const double NarrowBytes = 6;

    /// <summary>Bytes of one rank in one step.</summary>
    /// <param name="shape">Parameters of the model and of a block.</param>
    /// <param name="setup">At least two ranks; sharding, accumulation, precision.</param>
    public static double Bytes(in ShapeCosts shape, in TrainingSetup setup)
    {
        double all = shape.Parameters, ranks = setup.Gpus, microBatches = setup.GradAccum;
        var isWide = setup.Precision is Precision.Fp32 or Precision.Tf32;
        var narrowed = isWide ? 0 : NarrowBytes / ranks * shape.Layers * shape.BlockParameters * microBatches;
        var everyMicroBatch = CopyBytes * microBatches + AddBytes / ranks * (microBatches - 1);
        return setup.Parallelism switch
        {
            Parallelism.Ddp => (AddBytes * microBatches + ZeroBytes) * all,
            Parallelism.Zero1 => (AddBytes * (microBatches - 1) + CopyBytes) * all,
            Parallelism.Zero2 => everyMicroBatch * all,
            Parallelism.FsdpGradOp => everyMicroBatch * all + narrowed,
            _ => everyMicroBatch * all + 2 * narrowed,
        };
    }
}
