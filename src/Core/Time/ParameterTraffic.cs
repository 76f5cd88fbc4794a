using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Time;

/// <summary>
/// Bytes of memory that the calibrator's training reads and writes for parameters and gradients beside its multiplies, messages and
/// AdamW, counted in its code (<c>docs/distributed.md</c> names the places). The sum of the ranks' parts is in the measured link.
/// </summary>
internal static class ParameterTraffic
{
    /// <summary>Two operands read and a sum written, fp32.</summary>
    private const double AddBytes = 12;

    /// <summary>One copy, read and written, fp32.</summary>
    private const double CopyBytes = 8;

    private const double ZeroBytes = 4;

    /// <summary>From fp32 to 16 bits or back: one read, the other written.</summary>
    private const double ConvertBytes = 6;

    private const double GathersOfFullSharding = 2;

    /// <summary>Bytes of one rank in one step.</summary>
    /// <param name="shape">Parameters of the model, of a block and of its tables.</param>
    /// <param name="setup">Ranks, sharding, accumulation, precision, recomputation.</param>
    /// <remarks>Its training freezes nothing: of frozen weights no part is counted, since they have no gradients and are not narrowed.</remarks>
    public static double Bytes(in ShapeCosts shape, in TrainingSetup setup) => setup.Tuning.Freezes
        ? shape.Trained(setup.Tuning) / shape.Parameters * (setup.GradAccum * Converted(shape, setup) + Accumulated(shape, setup))
        : setup.GradAccum * (Embedded(shape) + Converted(shape, setup)) + Accumulated(shape, setup);

    /// <summary>The embedding's gradient is a whole table of zeros but for the tokens' rows, and is added to a tied head's.</summary>
    private static double Embedded(in ShapeCosts shape) =>
        ZeroBytes * shape.DModel * shape.HeadVocab + AddBytes * shape.TiedParameters;

    /// <summary>
    /// In 16 bits, what is multiplied is narrowed in each forward pass and its gradients are widened, in each micro-batch. Full sharding
    /// narrows blocks before they are gathered, and widens their gradients in the copy that it makes anyway.
    /// </summary>
    private static double Converted(in ShapeCosts shape, in TrainingSetup setup)
    {
        if (setup.Precision.IsWide())
            return 0;
        double blocks = shape.Layers * shape.BlockParameters, ranks = setup.Gpus;
        var forward = setup.Recomputation == Recomputation.Full ? 2 : 1;
        var head = 2 * ConvertBytes * shape.DModel * shape.HeadVocab;
        return head + blocks * (setup.Gpus == 1 ? ConvertBytes * (forward + 1) : setup.Layout.Scheme switch
        {
            SchemeName.FsdpGradOp => ConvertBytes / ranks + ConvertBytes - CopyBytes,
            SchemeName.FsdpFull or SchemeName.Hsdp => GathersOfFullSharding * ConvertBytes / ranks + ConvertBytes - CopyBytes,
            _ => ConvertBytes * (forward + 1),
        });
    }

    /// <summary>Gradients of several micro-batches are added up; DDP adds into buckets that it zeroes, sharding copies each unit's before it is scattered.</summary>
    private static double Accumulated(in ShapeCosts shape, in TrainingSetup setup)
    {
        double all = shape.Parameters, ranks = setup.Gpus, microBatches = setup.GradAccum;
        return all * (setup.Gpus == 1 ? AddBytes * (microBatches - 1) : setup.Layout.Scheme switch
        {
            SchemeName.Ddp => AddBytes * microBatches + ZeroBytes,
            SchemeName.Zero1 => AddBytes * (microBatches - 1) + CopyBytes,
            _ => CopyBytes * microBatches + AddBytes / ranks * (microBatches - 1),
        });
    }
}
