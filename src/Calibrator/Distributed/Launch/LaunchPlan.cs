using SlmPlanner.Calibrator.Processes;

namespace SlmPlanner.Calibrator.Distributed.Launch;

/// <summary>How to start ranks.</summary>
/// <param name="Ranks">≥ 1.</param>
/// <param name="Program">The program each rank runs.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="HostFile">The launcher's host file; null for this host only.</param>
/// <param name="Limit">The ranks are ended when they take longer.</param>
internal sealed record LaunchPlan(int Ranks, string Program, IReadOnlyList<string> Arguments, string? HostFile, TimeSpan Limit)
{
    /// <summary>Environment variables of the ranks, beside <see cref="LauncherArguments.Quiet"/>.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Starts this program as ranks, with other arguments.</summary>
    public static LaunchPlan OfThisProgram(LaunchOptions launch, IEnumerable<string> arguments)
    {
        var (program, first) = ChildProcess.Self();
        return new(launch.Ranks, program, [.. first, .. arguments], launch.HostFile, launch.Limit);
    }
}

/// <summary>How a command was asked to run on ranks.</summary>
/// <param name="Ranks">Ranks to start, ≥ 1.</param>
/// <param name="HostFile">The launcher's host file; null for this host only.</param>
/// <param name="StallLimit">The longest wait of one rank in one collective.</param>
/// <param name="Limit">The longest run of all ranks, where this program starts them.</param>
internal sealed record LaunchOptions(int Ranks, string? HostFile, TimeSpan StallLimit, TimeSpan Limit);

/// <summary>How a group of ranks ended.</summary>
/// <param name="ExitCode">The launcher's exit code.</param>
/// <param name="Output">What the ranks wrote to standard output.</param>
/// <param name="Failure">Why they ended early; null when they did not.</param>
internal sealed record LaunchOutcome(int ExitCode, string Output, RankFailure? Failure);
