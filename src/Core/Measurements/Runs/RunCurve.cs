using System.Globalization;

namespace SlmPlanner.Core.Measurements.Runs;

/// <summary>A moment of a curve: medians over the steps since the moment before it.</summary>
/// <param name="Step">The step.</param>
/// <param name="Tokens">Tokens done; null where the log does not tell tokens.</param>
/// <param name="StepSeconds">Seconds of a step, whatever it held beside training; null where the log tells none.</param>
/// <param name="Loss">Training loss, nats per token; null where none was printed.</param>
public readonly record struct CurvePoint(int Step, double? Tokens, double? StepSeconds, double? Loss);

/// <summary>How a run went: its loss and its step times, in few enough moments to keep.</summary>
/// <param name="Points">The moments in the order of the log.</param>
public sealed record RunCurve(IReadOnlyList<CurvePoint> Points)
{
    /// <summary>Moments kept at most; a shorter log is kept step by step.</summary>
    public const int MostPoints = 200;

    /// <summary>The curve of a log; null where it tells neither loss nor time of any step.</summary>
    /// <param name="log">The log.</param>
    /// <param name="steady">Its steady part.</param>
    /// <param name="numbers">The numbers that follow.</param>
    public static RunCurve? Of(RunLog log, SteadyState steady, RunNumbers numbers)
    {
        if (log.Steps.Count == 0)
            return null;
        var paces = StepPaces.Of(log).Values;
        var secondsPerPace = numbers.StepSeconds?.Median / steady.Pace?.Median;
        var first = log.Steps.Min(step => step.Step) == 0 ? 1 : 0;
        var size = (log.Steps.Count + MostPoints - 1) / MostPoints;
        CurvePoint[] points =
        [
            .. Enumerable.Range(0, log.Steps.Count).Chunk(size).Select(indices => new CurvePoint(
                log.Steps[indices[^1]].Step,
                Rounded((log.Steps[indices[^1]].Step + first) * numbers.TokensPerStep, exact: true),
                Rounded(Median(indices.Select(index => paces[index])) * secondsPerPace),
                Rounded(Median(indices.Select(index => (double)log.Steps[index].Loss))))),
        ];
        return points.Any(point => point.StepSeconds is not null || point.Loss is not null) ? new(points) : null;
    }

    /// <summary>Tokens of a step; null where the log does not tell tokens, or only one step.</summary>
    public double? TokensPerStep
    {
        get
        {
            CurvePoint[] told = [.. Points.Where(point => point.Tokens is not null).OrderBy(point => point.Step)];
            return told.Length > 1 && told[^1].Step > told[0].Step
                ? (told[^1].Tokens - told[0].Tokens) / (told[^1].Step - told[0].Step) : null;
        }
    }

    /// <summary>The loss at a number of tokens, between moments by a straight line; null outside of them.</summary>
    public double? LossAt(double tokens)
    {
        CurvePoint? before = null;
        foreach (var point in Points.Where(point => point is { Tokens: not null, Loss: not null }).OrderBy(point => point.Tokens))
        {
            if (point.Tokens == tokens)
                return point.Loss;
            if (point.Tokens > tokens)
                return before is not { } left ? null
                    : left.Loss + (point.Loss - left.Loss) * (tokens - left.Tokens) / (point.Tokens - left.Tokens);
            before = point;
        }
        return null;
    }

    /// <summary>A number with five digits, which is more than a log's noise leaves.</summary>
    private static double? Rounded(double? value, bool exact = false) =>
        value is not { } number || !double.IsFinite(number) ? null
        : exact ? number
        : double.Parse(number.ToString("G5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static double? Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        return sorted.Length == 0 ? null : MedianBand.At(sorted, 0.5);
    }
}
