using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.MicroBenchmarks;

/// <summary>One micro-benchmark before it runs.</summary>
/// <param name="Kind">What it separates.</param>
/// <param name="Precision">The number format.</param>
/// <param name="Extents">Its size.</param>
/// <param name="Flops">Operations of one run.</param>
/// <param name="Bytes">Bytes of one run.</param>
/// <param name="Repeats">Times that one call of the prepared action runs it.</param>
/// <param name="Prepare">Allocates in the current dispose scope and gives the action to time.</param>
internal sealed record MicroBenchmark(
    MicroKind Kind, BurstPrecision Precision, IReadOnlyList<long> Extents, double Flops, double Bytes, int Repeats, Func<Action> Prepare)
{
    /// <summary>libtorch's type for a number format.</summary>
    public static ScalarType TypeOf(BurstPrecision precision) => precision == BurstPrecision.Bf16 ? ScalarType.BFloat16
        : ScalarType.Float32;

    /// <summary>Bytes of one element.</summary>
    public static int Width(BurstPrecision precision) => precision == BurstPrecision.Bf16 ? 2 : 4;
}
