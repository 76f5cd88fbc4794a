using SlmPlanner.Calibrator.Distributed.Launch;
using SlmPlanner.Presentation.CommandLine;
using static SlmPlanner.Presentation.CommandLine.CommandOption;

namespace SlmPlanner.Calibrator.Commands;

/// <summary>The options of every command that can run on several ranks.</summary>
internal static class RankOptions
{
    private const int MostSeconds = 10_000_000;

    public static readonly CommandOption<int> Ranks = OrElse(
        "ranks", Values.Whole("COUNT").Within(1, 65_536), 1, "ranks to start through mpirun; leave at 1 under mpirun or srun");

    public static readonly CommandOption<string?> HostFile = Text(
        "hostfile", "FILE", "mpirun's host file, to start ranks on several hosts") with
    {
        Example = "hosts",
    };

    public static readonly CommandOption<int> StallLimit = OrElse(
        "stall-limit-s", Values.Whole("SECONDS").Within(1, MostSeconds), 120,
        "end all ranks when one waits longer than this for the others");

    public static readonly CommandOption<int> Limit = OrElse(
        "limit-s", Values.Whole("SECONDS").Within(1, MostSeconds), 3600, "end all ranks after this time");

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<CommandOption> All = [Ranks, HostFile, StallLimit, Limit];

    /// <summary>How ranks are started.</summary>
    public static LaunchOptions Of(Given given) =>
        new(given.Of(Ranks), given.Of(HostFile), TimeSpan.FromSeconds(given.Of(StallLimit)), TimeSpan.FromSeconds(given.Of(Limit)));
}
