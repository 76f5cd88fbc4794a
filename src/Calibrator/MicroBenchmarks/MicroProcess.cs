using System.Globalization;
using System.Text.Json;
using SlmPlanner.Calibrator.Processes;
using SlmPlanner.Core;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.MicroBenchmarks;

/// <summary>Runs the micro-benchmarks in a child process with the allocator that bursts are timed with.</summary>
internal static class MicroProcess
{
    /// <summary>Setting up takes seconds; a suite that is far beyond its limit hangs, as it does where memory is all but gone.</summary>
    private const double LeastHangSeconds = 120, HangPerLimit = 2;
    private const string Hint = "; is enough memory free (about 1 GB)?";

    /// <summary>
    /// The samples of a suite that takes about <paramref name="budgetSeconds"/>, cut short at <paramref name="limitSeconds"/>.
    /// </summary>
    /// <exception cref="InputException">It ended without a result or hangs: the machine lacks memory, or the device does not
    /// work.</exception>
    public static async Task<IReadOnlyList<MicroSample>> Run(string device, int threads, double budgetSeconds, double limitSeconds,
        CancellationToken stop)
    {
        string[] arguments =
        [
            "micro", "--device", device, "--threads", threads.ToString(CultureInfo.InvariantCulture),
            "--budget-s", budgetSeconds.ToString("R", CultureInfo.InvariantCulture), "--limit-s",
            limitSeconds.ToString("R", CultureInfo.InvariantCulture),
        ];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var most = TimeSpan.FromSeconds(LeastHangSeconds + HangPerLimit * limitSeconds);
        limit.CancelAfter(most);
        try
        {
            var child = await ChildProcess.Run(arguments, ChildEnvironment.Fast, null, limit.Token);
            return child is { ExitCode: 0, Document: { } document }
                ? JsonSerializer.Deserialize<IReadOnlyList<MicroSample>>(document, MeasurementJson.Line)!
                : throw new InputException($"the micro-benchmarks on {device} ended with exit code {child.ExitCode}: "
                    + $"{child.Errors.TrimEnd('.')}{Hint}");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new InputException(FormattableString.Invariant($"the micro-benchmarks on {device} were not done after {most.TotalSeconds:0} s{Hint}"));
        }
    }
}
