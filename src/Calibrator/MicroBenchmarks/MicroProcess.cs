using System.Globalization;
using System.Text.Json;
using SlmPlanner.Calibrator.Measurement;

namespace SlmPlanner.Calibrator.MicroBenchmarks;

/// <summary>Runs the micro-benchmarks in a child process with the allocator that bursts are timed with.</summary>
internal static class MicroProcess
{
    /// <summary>The samples of a suite that takes about <paramref name="budgetSeconds"/>.</summary>
    public static async Task<IReadOnlyList<MicroSample>> Run(string device, int threads, double budgetSeconds, CancellationToken stop)
    {
        string[] arguments =
        [
            "micro", "--device", device, "--threads", threads.ToString(CultureInfo.InvariantCulture),
            "--budget-s", budgetSeconds.ToString("R", CultureInfo.InvariantCulture),
        ];
        var child = await ChildProcess.Run(arguments, ChildEnvironment.Fast, null, stop);
        return child is { ExitCode: 0, Document: { } document }
            ? JsonSerializer.Deserialize<IReadOnlyList<MicroSample>>(document, MeasurementJson.Line)!
            : throw new InvalidOperationException($"the micro-benchmarks ended with exit code {child.ExitCode}: {child.Errors}");
    }
}
