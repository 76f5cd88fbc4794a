using SlmPlanner.Calibrator.MicroBenchmarks;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Memory.Components;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Machine;

/// <summary>
/// A calibrated machine in the terms of a datasheet: not what its maker promises but the best that the micro-benchmarks reached.
/// The step-time model's coefficients are relative to these.
/// </summary>
internal static class MachineSpec
{
    private const double Tera = 1e12;
    private const double Giga = 1e9;

    /// <summary>Elements from which a vector lies in memory, not in a cache.</summary>
    private const long MemoryBound = 1 << 22;

    /// <summary>From the environment, the micro-benchmarks and, on several ranks, the collectives of a run.</summary>
    public static Accelerator Of(RunEnvironment environment, IReadOnlyList<MicroSample> micro, CollectiveMeasurement? collectives = null) =>
        new()
    {
        Name = environment.Device,
        Evidence = Evidence.Calibrated,
        MemoryGib = environment.MemoryBytes / (1L << 30),
        MemoryBandwidthGbS = Best(micro, sample => sample.Kind == MicroKind.Elementwise && sample.Extents[0] >= MemoryBound,
            sample => sample.Bytes) / Giga,
        Fp32Tflops = Best(micro, sample => IsMatmul(sample, BurstPrecision.Fp32), sample => sample.Flops) / Tera,
        Bf16Tflops = Best(micro, sample => IsMatmul(sample, BurstPrecision.Bf16), sample => sample.Flops) / Tera,
        FusedAttention = [.. micro.Where(sample => sample.Kind == MicroKind.FlashAttention).Select(FusedAttention)],
        Memory = BurstMemory,
        Link = collectives is null ? null : MachineLinks.Of(collectives),
    };

    /// <summary>
    /// What our decoder keeps, read off its code: cast residual stream, softmax in the compute format, logits let go before the
    /// backward pass, which goes block by block. Context and slack are 0 here: <see cref="MachineMemoryFit"/> finds the machine's own.
    /// </summary>
    public static MachineMemory BurstMemory { get; } = new(
        new MemoryTraits { HalfResidual = true, HalfSoftmax = true, Loss = LossKernel.Direct, StagedBackward = true },
        MemoryConstants.Documented with { ContextBytes = 0, CollectiveBytes = 0, Slack = 0, BackwardShare = 0 });

    private static FusedAttentionSample FusedAttention(MicroSample sample)
    {
        var (heads, length, headDim) = (sample.Extents[0], sample.Extents[1], sample.Extents[2]);
        return new(MicroBenchmark.Width(sample.Precision), (int)length, (int)headDim,
            sample.Best / ((double)heads * length * length * headDim));
    }

    private static bool IsMatmul(MicroSample sample, BurstPrecision precision) => sample.Kind == MicroKind.Matmul
        && sample.Precision == precision;

    private static double? Best(IReadOnlyList<MicroSample> micro, Func<MicroSample, bool> of, Func<MicroSample, double> work) =>
        micro.Where(of).Select(sample => (double?)(work(sample) / sample.Best)).Max();
}
