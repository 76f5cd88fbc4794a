namespace SlmPlanner.Calibrator.Distributed.Launch;

/// <summary>
/// The shell under which a launched rank runs, so that a rank ended by a signal is named by its own host. The launchers' own word is
/// not to be relied on: on a busy machine OpenMPI 4.1 leaves out which rank it was, in 9 of 40 launches seen here.
/// </summary>
internal static class RankShell
{
    private const string Shell = "/bin/sh";

    /// <summary>
    /// Runs its arguments and ends as they do. Shells count a signal as 128 and its number; 143 is the launcher's own SIGTERM, sent to the
    /// ranks that are left.
    /// </summary>
    private const string Script =
        "\"$0\" \"$@\"; code=$?; if [ $code -gt 128 ] && [ $code -ne 143 ]; then "
        + "echo \"" + LauncherMessages.SignalMark + " ${OMPI_COMM_WORLD_RANK:-${PMI_RANK:-?}} $((code - 128))\" >&2; fi; exit $code";

    /// <summary>The command of one rank.</summary>
    public static IEnumerable<string> Command(LaunchPlan plan) => [Shell, "-c", Script, plan.Program, .. plan.Arguments];
}
