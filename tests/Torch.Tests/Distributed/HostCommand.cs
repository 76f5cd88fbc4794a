using System.Diagnostics;

namespace SlmPlanner.Torch.Tests.Distributed;

/// <summary>Runs a program of the system to its end and keeps what it says.</summary>
internal static class HostCommand
{
    /// <summary>Runs it.</summary>
    /// <returns>Its exit code, standard output and standard error.</returns>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    public static (int Code, string Output, string Error) Run(string program, params string[] arguments) =>
        Finish(Quiet(program, arguments), CancellationToken.None);

    /// <summary>How to start a program whose output is kept.</summary>
    public static ProcessStartInfo Quiet(string program, string[] arguments) =>
        new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };

    /// <summary>Starts it and waits for its end.</summary>
    /// <param name="start">What to start.</param>
    /// <param name="stop">Kills it and all that it started.</param>
    public static (int Code, string Output, string Error) Finish(ProcessStartInfo start, CancellationToken stop)
    {
        using var process = Process.Start(start)!;
        using var stopped = stop.Register(() => process.Kill(entireProcessTree: true));
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
