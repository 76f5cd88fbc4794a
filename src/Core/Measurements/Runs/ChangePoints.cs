namespace SlmPlanner.Core.Measurements.Runs;

/// <summary>
/// Lasting changes of speed: binary segmentation of the logarithm of the pace by medians. A split stands when the medians on its two sides
/// differ by more than three per cent and by more than six standard errors of a median.
/// </summary>
internal static class ChangePoints
{
    private const int MostPoints = 400;
    private const int FewestOnASide = 5;
    private const double LeastChange = 0.03;
    private const double StandardErrors = 6;

    /// <summary>Standard deviation over median absolute deviation, and standard error of a median over that of a mean (normal).</summary>
    private const double OfDeviation = 1.4826, OfMedian = 1.2533;

    /// <summary>The changes among the steady records, in their order.</summary>
    public static IReadOnlyList<RunEvent> Of(IReadOnlyList<StepRecord> steps, double[] paces, IReadOnlyList<int> steady)
    {
        var width = Math.Max(1, steady.Count / MostPoints);
        (double Log, int Index)[] points =
        [
            .. steady.Chunk(width).Select(chunk => (Median([.. chunk.Select(index => Math.Log(paces[index]))]), chunk[0])),
        ];
        var changes = new List<RunEvent>();
        Split(points, 0, points.Length, steps, changes);
        return [.. changes.OrderBy(change => change.Step)];
    }

    private static void Split((double Log, int Index)[] points, int from, int to, IReadOnlyList<StepRecord> steps, List<RunEvent> changes)
    {
        var (best, least) = (-1, double.PositiveInfinity);
        for (var at = from + FewestOnASide; at <= to - FewestOnASide; at++)
            if (Misfit(Logs(points, from, at)) + Misfit(Logs(points, at, to)) is var misfit && misfit < least)
                (best, least) = (at, misfit);
        if (best < 0)
            return;
        var (score, difference) = Score(Logs(points, from, best), Logs(points, best, to));
        if (score < StandardErrors || Math.Abs(difference) < LeastChange)
            return;
        var step = steps[points[best].Index];
        changes.Add(new(RunEventKind.Change, step.Step, step.Clock, Ratio: Math.Exp(difference)));
        Split(points, from, best, steps, changes);
        Split(points, best, to, steps, changes);
    }

    /// <summary>By how many standard errors the medians of two sides differ, and by how much.</summary>
    private static (double Score, double Difference) Score(double[] left, double[] right)
    {
        var (low, high) = (Median(left), Median(right));
        var spread = OfDeviation * (Deviation(left, low) * left.Length + Deviation(right,
            high) * right.Length) / (left.Length + right.Length);
        var error = OfMedian * Math.Max(spread, 1e-4) * Math.Sqrt(1.0 / left.Length + 1.0 / right.Length);
        return (Math.Abs(high - low) / error, high - low);
    }

    /// <summary>Sum of distances from the median.</summary>
    private static double Misfit(double[] values)
    {
        var median = Median(values);
        return values.Sum(value => Math.Abs(value - median));
    }

    private static double[] Logs((double Log, int Index)[] points, int from, int to) =>
        [.. points[from..to].Select(point => point.Log)];

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return MedianBand.At(values, 0.5);
    }

    private static double Deviation(double[] sorted, double median) => Median([.. sorted.Select(value => Math.Abs(value - median))]);
}
