using System.Diagnostics;
using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Calibrator.Distributed.Launch;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Distributed.Benchmark;

/// <summary>
/// Times collectives as nccl-tests and the OSU benchmarks do: all ranks meet, each runs the operation many times, and the
/// time per operation is the mean over ranks. Several such rounds show the spread.
/// </summary>
internal static class CollectiveBenchmark
{
    private const int WarmUp = 3;
    private const int MostIterations = 2000;

    /// <summary>Measures every point of the sweep; every rank gets the same result.</summary>
    public static IReadOnlyList<CollectiveTiming> Run(RankGroup group, CollectiveSweep sweep)
    {
        using var buffers = new MessageBuffers(group.Memory, Math.Max(sweep.Sizes[^1], 1), sweep.Type);
        return [.. sweep.Kinds.SelectMany(kind => Sizes(group, sweep, buffers, kind))];
    }

    /// <summary>Every rank sees the same times, and so ends with the same size.</summary>
    private static IEnumerable<CollectiveTiming> Sizes(RankGroup group, CollectiveSweep sweep, MessageBuffers buffers, CollectiveKind kind)
    {
        foreach (var bytes in sweep.Sizes)
        {
            var timing = Measure(group, sweep, buffers.Collective(kind, bytes, group.Size));
            yield return timing;
            if (timing.Seconds > sweep.LongestSeconds)
                yield break;
        }
    }

    private static CollectiveTiming Measure(RankGroup group, CollectiveSweep sweep, Collective collective)
    {
        var nonBlocking = sweep.Calls.IsNonBlocking(collective.Kind);
        Time(group.Device, collective, WarmUp, nonBlocking);
        var single = group.Gather(Time(group.Device, collective, WarmUp, nonBlocking)).Average();
        var iterations = (int)Math.Clamp(sweep.RoundSeconds / single, 1, MostIterations);
        var samples = new double[sweep.Rounds];
        for (var round = 0; round < samples.Length; round++)
            samples[round] = group.Gather(Time(group.Device, collective, iterations, nonBlocking)).Average();
        return new(collective.Kind, collective.Bytes, group.Size, iterations, samples);
    }

    /// <summary>Seconds per operation on this rank.</summary>
    private static double Time(ICollectives group, in Collective collective, int iterations, bool nonBlocking)
    {
        group.Run(Collective.Barrier);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < iterations; i++)
        {
            if (nonBlocking)
                group.Start(collective).Wait();
            else
                group.Run(collective);
        }
        group.Synchronize();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / iterations;
    }
}
