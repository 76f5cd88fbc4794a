using Cocona;
using SlmPlanner.Calibrator.Distributed.Launch;
using SlmPlanner.Core;

namespace SlmPlanner.Calibrator.Commands;

/// <summary>The options of every command that can run on several ranks.</summary>
/// <param name="Ranks">Ranks to start through mpirun; 1 under a launcher means as many as it started.</param>
/// <param name="HostFile">mpirun's host file.</param>
/// <param name="StallLimitS">The longest wait of one rank for the others, seconds.</param>
/// <param name="LimitS">The longest run, seconds.</param>
internal sealed record RankOptions(
    [Option("ranks", Description = "Ranks to start through mpirun; leave at 1 under mpirun or srun.")] int Ranks = 1,
    [Option("hostfile", Description = "mpirun's host file, to start ranks on several hosts.")] string? HostFile = null,
    [Option("stall-limit-s", Description = "End all ranks when one waits longer than this for the others.")] int StallLimitS = 120,
    [Option("limit-s", Description = "End all ranks after this time.")] int LimitS = 3600) : ICommandParameterSet
{
    /// <summary>The options, checked.</summary>
    /// <exception cref="InputException">Something is not positive.</exception>
    public LaunchOptions Checked() => (Ranks, StallLimitS, LimitS) is (> 0, > 0, > 0)
        ? new(Ranks, HostFile, TimeSpan.FromSeconds(StallLimitS), TimeSpan.FromSeconds(LimitS))
        : throw new InputException($"--ranks {Ranks}, --stall-limit-s {StallLimitS} and --limit-s {LimitS} must be at least 1");
}
