using System.Diagnostics;

namespace SlmPlanner.Calibrator.Processes;

/// <summary>What a child process left behind.</summary>
/// <param name="ExitCode">Its exit code; 128 + n when signal n ended it.</param>
/// <param name="Document">The last line of its standard output that starts a JSON document; null if there is none.</param>
/// <param name="Errors">The last line of its standard error.</param>
internal sealed record ChildOutcome(int ExitCode, string? Document, string Errors);

/// <summary>Starts this program again with another command and other allocator settings.</summary>
internal static class ChildProcess
{
    /// <summary>Runs a child to its end.</summary>
    /// <param name="arguments">Its command and options.</param>
    /// <param name="environment">Variables to set.</param>
    /// <param name="observe">Told the process id; disposed when the child has ended. Null for none.</param>
    /// <param name="stop">Kills the child and throws.</param>
    public static async Task<ChildOutcome> Run(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, Func<int, IDisposable>? observe,
            CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        using var process = Process.Start(StartInfo(arguments, environment))!;
        using var killed = stop.Register(() => Kill(process));
        using var observer = observe?.Invoke(process.Id);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        stop.ThrowIfCancellationRequested();
        return new(
            process.ExitCode,
            Lines(output).LastOrDefault(line => line[0] is '{' or '['),
            Lines(await errors).LastOrDefault() ?? "no message");
    }

    private static ProcessStartInfo StartInfo(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var (file, first) = Self();
        var start = new ProcessStartInfo(file, [.. first, .. arguments, "--end-with-parent"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return start;
    }

    /// <summary>The program that is running, as a command that can be started again.</summary>
    public static (string File, IReadOnlyList<string> Arguments) Self()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "slm-calibrate" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        return File.Exists(program) ? (program, []) : ("dotnet", [Path.Combine(AppContext.BaseDirectory, "slm-calibrate.dll")]);
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself in between.
        }
    }
}
