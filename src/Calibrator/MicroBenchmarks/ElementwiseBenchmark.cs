using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.MicroBenchmarks;

/// <summary>a += b in place: two reads and one write per element.</summary>
internal static class ElementwiseBenchmark
{
    /// <summary>For one vector length.</summary>
    public static MicroBenchmark Make(IComputeDevice device, BurstPrecision precision, long elements) => new(
        MicroKind.Elementwise, precision, [elements], 0, 3.0 * MicroBenchmark.Width(precision) * elements, 1,
        () =>
        {
            var type = MicroBenchmark.TypeOf(precision);
            var a = ones([elements], dtype: type, device: device.Torch);
            var b = ones([elements], dtype: type, device: device.Torch);
            return () => a.add_(b);
        });
}
