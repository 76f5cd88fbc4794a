using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.MicroBenchmarks;

/// <summary>The multiply of a linear layer: (tokens × width) by the transpose of (inner × width).</summary>
internal static class MatmulBenchmark
{
    /// <summary>For one shape: 2·m·k·n operations.</summary>
    public static MicroBenchmark Make(IComputeDevice device, BurstPrecision precision, long tokens, long width, long inner) => new(
        MicroKind.Matmul, precision, [tokens, width, inner], 2.0 * tokens * width * inner,
        MicroBenchmark.Width(precision) * ((double)tokens * width + (double)width * inner + (double)tokens * inner), 1,
        () =>
        {
            var type = MicroBenchmark.TypeOf(precision);
            var x = randn([tokens, width], dtype: ScalarType.Float32, device: device.Torch).to(type);
            var weight = randn([inner, width], dtype: ScalarType.Float32, device: device.Torch).to(type);
            return () => nn.functional.linear(x, weight);
        });
}
