using SlmPlanner.Core.Measurements.Runs;

namespace SlmPlanner.Core.Planning.Tracking;

/// <summary>A moment of a run, for drawing: medians over the steps since the moment before it.</summary>
/// <param name="Hours">Hours since the run began, pauses included.</param>
/// <param name="Step">The step.</param>
/// <param name="Tokens">Tokens done.</param>
/// <param name="TokensPerSecond">Tokens per second of all devices while steps ran; NaN where the log tells none.</param>
/// <param name="Loss">Training loss; NaN where none was printed.</param>
/// <param name="SpentUsd">USD so far.</param>
public readonly record struct CoursePoint(double Hours, int Step, double Tokens, double TokensPerSecond, double Loss, double SpentUsd);

/// <summary>How a run went so far, in few enough moments to draw.</summary>
internal static class RunCourse
{
    private const int MostPoints = 120;

    /// <summary>The course of a log.</summary>
    /// <param name="log">The log.</param>
    /// <param name="timeline">What it did with its time.</param>
    /// <param name="secondsPerPace">Seconds of a step for one unit of the log's pace.</param>
    /// <param name="tokensPerStep">Tokens of a step.</param>
    /// <param name="usdPerHour">USD of an hour.</param>
    public static IReadOnlyList<CoursePoint> Of(
        RunLog log, RunTimeline timeline, double secondsPerPace, double tokensPerStep, double usdPerHour)
    {
        var (paces, first) = (StepPaces.Of(log).Values, log.Steps.Count > 0 && log.Steps.Min(step => step.Step) == 0 ? 1 : 0);
        var size = Math.Max(1, (int)Math.Ceiling(log.Steps.Count / (double)MostPoints));
        return
        [
            .. Enumerable.Range(0, log.Steps.Count).Chunk(size).Select(indices =>
            {
                var (last, hours) = (log.Steps[indices[^1]], timeline.Elapsed[indices[^1]] / 3600);
                return new CoursePoint(
                    hours, last.Step, (last.Step + first) * tokensPerStep,
                    tokensPerStep / (secondsPerPace * Median(indices.Select(index => paces[index]))),
                    Median(indices.Select(index => (double)log.Steps[index].Loss)), hours * usdPerHour);
            }),
        ];
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        return sorted.Length == 0 ? double.NaN : MedianBand.At(sorted, 0.5);
    }
}
