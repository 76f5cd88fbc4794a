using SlmPlanner.Calibrator.Distributed.Launch;
using SlmPlanner.Calibrator.Distributed.Mpi;

namespace SlmPlanner.Torch.Tests.Distributed;

/// <summary>Starts ranks for a test through mpirun; the test is skipped where that is missing.</summary>
internal static class RanksOfTest
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>The program under test, beside the test.</summary>
    public static string Program => Path.Combine(AppContext.BaseDirectory, "slm-calibrate");

    /// <summary>Runs <c>slm-calibrate</c> with arguments on every rank.</summary>
    public static LaunchOutcome Run(int ranks, TextWriter error, params string[] arguments) =>
        Launch(new(ranks, Program, arguments, null, Limit), error);

    /// <summary>Runs a shell script on every rank, for ranks that misbehave; $0 is the program, $R the rank.</summary>
    public static LaunchOutcome Script(int ranks, string script, TextWriter error, TimeSpan? limit = null) =>
        Launch(new(ranks, "/bin/sh", ["-c", "R=${OMPI_COMM_WORLD_RANK:-$PMI_RANK}; " + script, Program], null, limit ?? Limit), error);

    private static LaunchOutcome Launch(LaunchPlan plan, TextWriter error)
    {
        Assert.SkipWhen(MpiSetup.LauncherVersion() is null || !MpiLibrary.Present, $"no MPI on this machine; {MpiSetup.Hint}");
        return RankLauncher.Run(plan, error, TestContext.Current.CancellationToken);
    }
}
