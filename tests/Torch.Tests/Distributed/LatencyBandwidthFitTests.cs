using CsCheck;
using SlmPlanner.Calibrator.Distributed.Benchmark;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Torch.Tests.Distributed;

public sealed class LatencyBandwidthFitTests
{
    private static readonly long[] Sizes = [1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20, 1 << 22, 1 << 24, 1 << 26];

    [Fact]
    public void A_line_is_recovered_in_every_size_class() =>
        Gen.Select(Gen.Double[1e-6, 1e-3], Gen.Double[1e8, 1e11], Gen.Int[2, 8]).Sample((latency, bandwidth, ranks) =>
        {
            var fits = LatencyBandwidthFit.FitAll([.. Sizes.Select(size => Timing(size, ranks, latency, bandwidth, [1, 1, 1]))]);
            Assert.Equal(["small", "medium", "large"], fits.Select(fit => fit.Class.Name));
            Assert.All(fits, fit => Assert.Equal(0, fit.RelativeError, 1e-6));
            Assert.All(fits, fit => Assert.InRange(
                fit.LatencySeconds.Value + (1e9 / fit.BytesPerSecond.Value) - latency - (1e9 / bandwidth),
                -1e-3 * (latency + (1e9 / bandwidth)), 1e-3 * (latency + (1e9 / bandwidth))));
        });

    [Fact]
    public void Intervals_hold_the_truth_and_grow_with_the_spread()
    {
        var calm = Large(1e-4, 1e9, [0.99, 1.00, 1.01]);
        var wild = Large(1e-4, 1e9, [0.7, 1.0, 1.3]);
        Assert.InRange(1e9, calm.BytesPerSecond.Low, calm.BytesPerSecond.High);
        Assert.True(wild.BytesPerSecond.High - wild.BytesPerSecond.Low > calm.BytesPerSecond.High - calm.BytesPerSecond.Low);
    }

    [Fact]
    public void A_few_disturbed_samples_do_not_move_the_line()
    {
        var disturbed = Large(1e-4, 1e9, [0.05, 0.3, 0.99, 1, 1, 1, 1.01, 4, 20]);
        Assert.Equal(1e9, disturbed.BytesPerSecond.Value, 0.02 * 1e9);
    }

    [Fact]
    public void Times_that_do_not_grow_give_a_latency_and_no_finite_bandwidth()
    {
        var timings = Sizes[..4].Select((size, i) =>
            new CollectiveTiming(CollectiveKind.AllReduce, size, 2, 1, [1e-5 - (i * 1e-8), 1e-5 - (i * 1e-8)]));
        var fit = Assert.Single(LatencyBandwidthFit.FitAll([.. timings]));
        Assert.Equal(1e-5, fit.LatencySeconds.Value, 1e-7);
        Assert.Equal(double.PositiveInfinity, fit.BytesPerSecond.Value);
    }

    [Fact]
    public void Bus_bandwidth_counts_what_a_link_carries()
    {
        var timing = new CollectiveTiming(CollectiveKind.AllReduce, 1000, 4, 1, [1e-3]);
        Assert.Equal(1e6, timing.AlgorithmBytesPerSecond, 1e-3);
        Assert.Equal(1.5e6, timing.BusBytesPerSecond, 1e-3);
    }

    private static LatencyBandwidthFit Large(double latency, double bandwidth, double[] spread) =>
        LatencyBandwidthFit.FitAll([.. Sizes.Select(size => Timing(size, 2, latency, bandwidth, spread))])[^1];

    private static CollectiveTiming Timing(long bytes, int ranks, double latency, double bandwidth, double[] spread)
    {
        var seconds = latency + (CollectiveKind.AllReduce.BusFactor(ranks) * bytes / bandwidth);
        return new(CollectiveKind.AllReduce, bytes, ranks, 1, [.. spread.Select(factor => seconds * factor)]);
    }
}
