using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Measurement;
using SlmPlanner.Core.Calibration;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Calibrator.Runs;

/// <summary>
/// A burst in the one schema that the fit takes. The stack stays open: a profile of one machine is about that machine, and must
/// speak for rows that name no stack.
/// </summary>
internal static class BurstRecord
{
    /// <summary>The record of a measured burst.</summary>
    /// <param name="id">Its name, unique in the fit.</param>
    /// <param name="burst">A burst with status ok.</param>
    /// <param name="slowdown">How much slower than usual the machine was meanwhile; the record is at its usual pace.</param>
    public static MeasurementRecord Of(string id, BurstResult burst, double slowdown)
    {
        var spec = burst.Spec;
        return new()
        {
            Id = id,
            ModelName = spec.Shape.Name,
            Layers = spec.NLayers,
            DModel = spec.DModel,
            Heads = spec.NHeads,
            KvHeads = spec.NKvHeads,
            DFfn = spec.DFfn,
            FfnKind = spec.FfnKind == FfnKind.Swiglu ? "swiglu" : "gelu",
            Vocab = spec.Vocab,
            TiedEmbeddings = spec.TiedEmbeddings,
            SeqLen = spec.SeqLen,
            Gpu = burst.Device,
            Gpus = burst.Ranks,
            GpusPerNode = burst.RanksPerHost,
            Precision = spec.Precision == BurstPrecision.Fp32 ? "fp32" : "bf16-mixed",
            Attention = spec.Attention == AttentionKind.Flash ? "flash" : "vanilla",
            Parallelism = burst.Ranks == 1 ? null : ParallelismOf(spec.Parallelism),
            MicroBatch = spec.MicroBatch,
            GradAccum = spec.GradAccum,
            Recomputation = spec.Recomputation == Recomputation.Full ? "full" : "none",
            Compile = false,
            TokensPerSecondPerGpu = burst.TokensPerS / burst.Ranks * slowdown,
            PeakMemoryBytes = burst.PeakMemoryBytes,
            PeakMemoryKind = burst.PeakMemoryBytes is null ? null : PeakMemoryKind.Allocated,
        };
    }

    private static string ParallelismOf(BurstParallelism parallelism) => parallelism switch
    {
        BurstParallelism.Zero1 => "zero1",
        BurstParallelism.Zero2 => "zero2",
        BurstParallelism.FsdpFull => "fsdp_full",
        BurstParallelism.Hsdp => "hsdp",
        _ => "ddp",
    };
}
