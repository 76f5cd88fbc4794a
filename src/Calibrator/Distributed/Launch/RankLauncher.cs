using System.Diagnostics;
using System.Text;
using SlmPlanner.Calibrator.Distributed.Mpi;
using SlmPlanner.Core;

namespace SlmPlanner.Calibrator.Distributed.Launch;

/// <summary>Starts ranks through <c>mpirun</c>, watches them and reports how they ended, within a time limit.</summary>
internal static class RankLauncher
{
    private const int LongestKept = 64 * 1024;

    /// <summary>Runs the plan to its end.</summary>
    /// <param name="plan">What to start.</param>
    /// <param name="error">Gets the ranks' standard error, line by line, without failure records.</param>
    /// <param name="stop">Ends the ranks and throws.</param>
    /// <exception cref="InputException">No launcher on this machine.</exception>
    public static LaunchOutcome Run(LaunchPlan plan, TextWriter error, CancellationToken stop)
    {
        var version = MpiSetup.LauncherVersion() ?? throw new InputException(
            $"--ranks {plan.Ranks} needs mpirun, which is not here; {MpiSetup.Hint}");
        var start = new ProcessStartInfo("mpirun",
            LauncherArguments.Of(plan, version, Environment.ProcessorCount, Environment.IsPrivilegedProcess))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in LauncherArguments.Variables(plan))
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var killed = stop.Register(() => process.Kill(entireProcessTree: true));
        process.StandardInput.Close();
        var failures = new List<RankFailure>();
        var tail = new StringBuilder();
        var errorLines = Task.Run(() => Watch(process.StandardError, failures, tail, error), CancellationToken.None);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var late = !process.WaitForExit(plan.Limit);
        if (late)
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        Task.WaitAll([output, errorLines], CancellationToken.None);
        stop.ThrowIfCancellationRequested();
        return new(process.ExitCode, output.Result, late ? Late(plan) : Failure(process.ExitCode, failures, tail.ToString()));
    }

    private static RankFailure Late(LaunchPlan plan) =>
        new(FailureKind.Hung, null, $"{plan.Ranks} ranks took longer than {plan.Limit.TotalSeconds:0} s and were ended");

    /// <summary>The first record that a rank wrote, else what the launcher saw.</summary>
    private static RankFailure? Failure(int code, List<RankFailure> failures, string tail) => code == 0
        ? null
        : failures.FirstOrDefault() ?? LauncherMessages.Find(tail) ?? LauncherMessages.Ended(code);

    private static void Watch(StreamReader reader, List<RankFailure> failures, StringBuilder tail, TextWriter error)
    {
        while (reader.ReadLine() is { } line)
        {
            if (RankFailure.FromLine(line) is { } failure)
            {
                failures.Add(failure);
                continue;
            }
            error.WriteLine(line);
            tail.Append(line).Append('\n');
            if (tail.Length > LongestKept)
                tail.Remove(0, tail.Length - LongestKept);
        }
    }
}
