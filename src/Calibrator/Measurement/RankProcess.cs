using System.Globalization;
using System.Text.Json;
using SlmPlanner.Calibrator.Distributed.Launch;
using SlmPlanner.Calibrator.Processes;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;


namespace SlmPlanner.Calibrator.Measurement;

/// <summary>
/// The parent's half of a burst: a child runs it with the allocator of the purpose and reports. The spec is an argument, so that ranks
/// on other hosts need no file of this one. A child that the system killed ran out of memory; one that ended without a report failed.
/// </summary>
internal static class RankProcess
{
    private const int KilledBySignal = 128 + 9;

    /// <summary>Runs one child to its end.</summary>
    /// <param name="spec">The configuration.</param>
    /// <param name="purpose">What the child measures.</param>
    /// <param name="device">Where.</param>
    /// <param name="budgetSeconds">Seconds for its steps; null for exactly the spec's steps.</param>
    /// <param name="observe">Samples utilisation of the child by process id until disposed; null for none.</param>
    /// <param name="launch">Ranks to start through mpirun, each such a child; null for one.</param>
    /// <param name="stop">Kills the child and throws.</param>
    public static async Task<RankReport> Run(
        BurstSpec spec, RankPurpose purpose, string device, double? budgetSeconds, Func<int, IDisposable>? observe,
        LaunchOptions? launch, CancellationToken stop)
    {
        var json = JsonSerializer.Serialize(spec, MeasurementJson.Line);
        List<string> arguments = ["rank", "--spec", json, "--purpose", purpose.ToString(), "--device", device];
        if (budgetSeconds is { } seconds)
            arguments.AddRange(["--budget-s", seconds.ToString("R", CultureInfo.InvariantCulture)]);
        var allocator = purpose == RankPurpose.Memory ? ChildEnvironment.Exact : ChildEnvironment.Fast;
        return launch is { Ranks: > 1 }
            ? Read(await Task.Run(() => Launch(launch, arguments, allocator, stop), CancellationToken.None))
            : Read(await ChildProcess.Run(arguments, allocator, observe, stop));
    }

    private static LaunchOutcome Launch(
        LaunchOptions launch, List<string> arguments, IReadOnlyDictionary<string, string> allocator, CancellationToken stop)
    {
        var stallLimit = launch.StallLimit.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        var plan = LaunchPlan.OfThisProgram(launch, [.. arguments, "--stall-limit-s", stallLimit]) with
        {
            Variables = ChildEnvironment.OfRanks(allocator),
        };
        return RankLauncher.Run(plan, TextWriter.Null, stop);
    }

    private static RankReport Read(LaunchOutcome outcome) => outcome.Failure is { } failure
        ? new() { Status = failure.Kind == FailureKind.OutOfMemory ? BurstStatus.OutOfMemory : BurstStatus.Failed, Message = $"{failure}" }
        : JsonSerializer.Deserialize<RankReport>(outcome.Output[outcome.Output.IndexOf('{', StringComparison.Ordinal)..],
            MeasurementJson.Line)!;

    private static RankReport Read(ChildOutcome child)
    {
        if (child is { ExitCode: 0, Document: { } document })
            return JsonSerializer.Deserialize<RankReport>(document, MeasurementJson.Line)!;
        return child.ExitCode == KilledBySignal
            ? new() { Status = BurstStatus.OutOfMemory, Message = "the system killed the process" }
            : new() { Status = BurstStatus.Failed, Message = $"exit code {child.ExitCode}: {child.Errors}" };
    }
}
