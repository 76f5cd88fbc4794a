using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.MicroBenchmarks;

/// <summary>One operator on one element: what it costs to ask for work at all.</summary>
internal static class LaunchBenchmark
{
    private const int Calls = 1000;

    /// <summary>Many calls per timed run, since one takes microseconds.</summary>
    public static MicroBenchmark Make(IComputeDevice device, BurstPrecision precision) => new(
        MicroKind.Launch, precision, [], 0, 0, Calls,
        () =>
        {
            var x = ones([1], dtype: MicroBenchmark.TypeOf(precision), device: device.Torch);
            return () =>
            {
                for (var i = 0; i < Calls; i++)
                    x.mul_(1);
            };
        });
}
