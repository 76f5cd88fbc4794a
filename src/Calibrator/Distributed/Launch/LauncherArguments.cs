using System.Globalization;

namespace SlmPlanner.Calibrator.Distributed.Launch;

/// <summary>The command line and environment of <c>mpirun</c>, for OpenMPI and for Hydra (MPICH).</summary>
internal static class LauncherArguments
{
    /// <summary>
    /// Waiting threads must not spin: two ranks with spinning OpenMP threads on shared cores run ten times slower. A dumb
    /// terminal keeps escape codes out of the output.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Quiet { get; } = new Dictionary<string, string>
    {
        ["GOMP_SPINCOUNT"] = "0",
        ["OMP_WAIT_POLICY"] = "passive",
        ["TERM"] = "dumb",
    };

    /// <summary>All variables of the ranks.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Variables(LaunchPlan plan) => Quiet.Concat(plan.Variables);

    /// <summary>The arguments for a plan.</summary>
    /// <param name="plan">What to start.</param>
    /// <param name="launcherVersion">What <c>mpirun --version</c> says.</param>
    /// <param name="cores">Cores of this host, for oversubscription.</param>
    /// <param name="root">True when run by root, which OpenMPI refuses unless told.</param>
    public static IReadOnlyList<string> Of(LaunchPlan plan, string launcherVersion, int cores, bool root) =>
        launcherVersion.Contains("Open MPI", StringComparison.Ordinal) ? OpenMpi(plan, cores, root) : Hydra(plan);

    private static List<string> OpenMpi(LaunchPlan plan, int cores, bool root)
    {
        List<string> arguments = ["-np", Text(plan.Ranks), "--bind-to", "none"];
        if (plan.HostFile is null && plan.Ranks > cores / 2)
            arguments.AddRange(["--oversubscribe", "--mca", "mpi_yield_when_idle", "1"]);
        if (root)
            arguments.Add("--allow-run-as-root");
        if (plan.HostFile is not null)
            arguments.AddRange(["--hostfile", plan.HostFile]);
        foreach (var (name, _) in Variables(plan))
            arguments.AddRange(["-x", name]);
        return [.. arguments, .. RankShell.Command(plan)];
    }

    private static List<string> Hydra(LaunchPlan plan)
    {
        List<string> arguments = ["-n", Text(plan.Ranks), "-bind-to", "none"];
        if (plan.HostFile is not null)
            arguments.AddRange(["-f", plan.HostFile]);
        foreach (var (name, value) in Variables(plan))
            arguments.AddRange(["-genv", name, value]);
        return [.. arguments, .. RankShell.Command(plan)];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
