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
