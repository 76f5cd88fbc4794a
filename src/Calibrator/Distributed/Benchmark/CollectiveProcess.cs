using SlmPlanner.Calibrator.Distributed.Launch;
using SlmPlanner.Calibrator.Processes;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Distributed.Benchmark;

/// <summary>Runs the collective benchmark on ranks of its own.</summary>
internal static class CollectiveProcess
{
    /// <summary>Beyond a bucket of DDP, and beyond what caches hold.</summary>
    private const long LargestBytes = 64L << 20;

    /// <summary>Measures.</summary>
    /// <param name="launch">Ranks, hosts and limits.</param>
    /// <param name="cuda">True for device memory.</param>
    /// <param name="longestSeconds">The longest single operation; larger messages are passed over.</param>
    /// <param name="stop">Ends the ranks and throws.</param>
    /// <returns>The measurement, or why there is none.</returns>
    public static (CollectiveMeasurement? Measured, RankFailure? Failure) Run(LaunchOptions launch, bool cuda, double longestSeconds,
        CancellationToken stop)
    {
        string[] arguments =
        [
            "collectives", "--calls", "training", "--format", "json", "--device", cuda ? "cuda" : "cpu", "--longest-s",
            FormattableString.Invariant($"{longestSeconds:R}"),
            "--max-bytes", FormattableString.Invariant($"{LargestBytes}"), "--stall-limit-s",
            FormattableString.Invariant($"{launch.StallLimit.TotalSeconds:0}"),
        ];
        // Libraries allocate a copy of the message: with training's allocator it is not mapped anew each time.
        var plan = LaunchPlan.OfThisProgram(launch, arguments) with { Variables = ChildEnvironment.OfRanks(ChildEnvironment.Fast) };
        var outcome = RankLauncher.Run(plan, TextWriter.Null, stop);
        return outcome.Failure is { } failure
            ? (null, failure)
            : (CollectiveReport.FromJson(outcome.Output[outcome.Output.IndexOf('{', StringComparison.Ordinal)..]).ToMeasurement(), null);
    }
}
