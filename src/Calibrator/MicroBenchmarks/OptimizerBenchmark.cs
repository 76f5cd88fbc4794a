using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.MicroBenchmarks;

/// <summary>One fused AdamW update of one fp32 tensor: reads four tensors and writes three, 28 bytes per parameter.</summary>
internal static class OptimizerBenchmark
{
    private const double BytesPerParameter = 28;

    /// <summary>For one number of parameters.</summary>
    public static MicroBenchmark Make(IComputeDevice device, long parameters) => new(
        MicroKind.Optimizer, BurstPrecision.Fp32, [parameters], 0, BytesPerParameter * parameters, 1,
        () =>
        {
            var parameter = zeros([parameters], dtype: ScalarType.Float32, device: device.Torch);
            var gradient = ones([parameters], dtype: ScalarType.Float32, device: device.Torch);
            var optimizer = new AdamW([parameter], new AdamWSettings());
            return () => optimizer.Step([gradient]);
        });
}
