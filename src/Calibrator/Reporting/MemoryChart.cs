using SlmPlanner.Calibrator.Runs;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Presentation.Charts;

namespace SlmPlanner.Calibrator.Reporting;

/// <summary>A burst's peak memory as the memory model has it and as it was measured.</summary>
/// <param name="Burst">The burst.</param>
/// <param name="PredictedBytes">By the memory model with the machine's context and slack.</param>
/// <param name="MeasuredBytes">What training added to the process.</param>
internal sealed record MemoryPair(BurstResult Burst, double PredictedBytes, double MeasuredBytes)
{
    /// <summary>All bursts with a measured peak.</summary>
    public static IReadOnlyList<MemoryPair> All(CalibrationResult result) =>
    [
        .. result.State.Bursts.Where(pair => pair.Burst.PeakMemoryBytes is > 0).Select(pair => new MemoryPair(
            pair.Burst, result.PredictMemory(pair.Burst).Count, pair.Burst.PeakMemoryBytes!.Value)),
    ];

    /// <summary>Predicted over measured, less one.</summary>
    public double Error => PredictedBytes / MeasuredBytes - 1;
}

/// <summary>Predicted against measured peak memory.</summary>
internal static class MemoryChart
{
    /// <summary>Above this the fixed costs of a process no longer matter.</summary>
    public const double LargeBytes = 500e6;
    private const double Tolerance = 0.1;

    /// <summary>The chart; null when nothing was measured.</summary>
    public static XyChart? Of(CalibrationResult result)
    {
        var pairs = MemoryPair.All(result);
        if (pairs.Count == 0)
            return null;
        var large = pairs.Where(pair => pair.MeasuredBytes > LargeBytes).ToArray();
        var caption = large.Length == 0
            ? "No burst needed more than 500 MB, where the error is judged."
            : $"{large.Length} bursts above 500 MB are predicted with a mean absolute error of "
            + $"{large.Average(pair => Math.Abs(pair.Error)):P1}.";
        return Agreement.Of(
            "memory-agreement", "Peak memory: predicted against measured", caption, "peak memory", value => $"{value / 1e6:0.##} MB",
            [("bursts", [.. pairs.Select(pair => new XyPoint(pair.MeasuredBytes, pair.PredictedBytes))])], Tolerance);
    }
}
