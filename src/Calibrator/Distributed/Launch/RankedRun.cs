using SlmPlanner.Calibrator.Processes;
using SlmPlanner.Core;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Calibrator.Distributed.Launch;

/// <summary>
/// Runs a command on ranks, whoever starts them: alone; by itself through <c>mpirun</c> (<c>--ranks N</c>); or as one of the
/// ranks that <c>mpirun … slm-calibrate …</c> or <c>srun slm-calibrate …</c> started.
/// </summary>
internal static class RankedRun
{
    /// <summary>Runs the work on every rank. Only rank 0 should write to standard output.</summary>
    /// <param name="launch">Ranks, hosts and limits; under a launcher, 1 rank means as many as it started.</param>
    /// <param name="cuda">True to train on GPUs.</param>
    /// <param name="work">The command itself; gets the group and returns the exit code.</param>
    /// <exception cref="InputException">Bad ranks, or no MPI on this machine.</exception>
    public static int Execute(LaunchOptions launch, bool cuda, Func<RankGroup, int> work)
    {
        var ranks = launch.Ranks;
        var place = RankEnvironment.Read(Environment.GetEnvironmentVariable);
        if (place is not null && ranks > 1 && place.Size != ranks)
            throw new InputException($"--ranks is {ranks}, but {place.Launcher} started {place.Size}");
        if (place is not null || ranks == 1)
            return RankSession.Run(launch.StallLimit, cuda, work);
        var plan = LaunchPlan.OfThisProgram(launch, Environment.GetCommandLineArgs()[1..]) with { Variables = ChildEnvironment.Dotnet };
        return Report(RankLauncher.Run(plan, Console.Error, CancellationToken.None));
    }

    private static int Report(LaunchOutcome outcome)
    {
        Console.Out.Write(outcome.Output);
        if (outcome.Failure is null)
            return outcome.ExitCode;
        if (outcome.ExitCode == ExitCode.BadInput)
            throw new InputException(outcome.Failure.Message);
        Console.Error.WriteLine(outcome.Failure.ToLine());
        Console.Error.WriteLine($"error: {outcome.Failure}");
        return outcome.ExitCode == ExitCode.AccuracyCheckFailed ? outcome.ExitCode : ExitCode.Unexpected;
    }
}
