using SlmPlanner.Core.Measurements.Runs;

namespace SlmPlanner.Core.Planning.Tracking;

/// <summary>
/// The training loss at the end of a run from its curve so far: L(s) = L0 + A · s^−α (the power law of learning curves; facts in
/// docs/loss.md), fitted by least squares for each α and taken at the best. What a falling learning rate gains at the end is not in it.
/// </summary>
public static class LossForecast
{
    private const int FewestPoints = 12, MostPoints = 60;
    private const double LeastExponent = 0.05, MostExponent = 1.2, ExponentStep = 0.025;

    /// <summary>Loss at the last step with a 90 % interval; null where the curve is too short.</summary>
    public static (double Low, double Median, double High)? Of(RunLog log, int totalSteps)
    {
        var points = Points(log);
        if (points.Count < FewestPoints || totalSteps < points[^1].Step)
            return null;
        var fits = new List<(double Error, double AtEnd)>();
        for (var exponent = LeastExponent; exponent <= MostExponent; exponent += ExponentStep)
            fits.Add(Fit(points, exponent, totalSteps));
        var best = fits.MinBy(fit => fit.Error);
        var tolerated = best.Error * (1 + 2.71 / (points.Count - 3)) + 1e-12;
        double[] ends = [.. fits.Where(fit => fit.Error <= tolerated).Select(fit => fit.AtEnd)];
        var noise = 1.645 * Math.Sqrt(best.Error / (points.Count - 3));
        return (Math.Max(0, ends.Min() - noise), best.AtEnd, ends.Max() + noise);
    }

    /// <summary>
    /// Medians of the loss over stretches of equal length on a logarithmic axis, the first twentieth of the steps left out.
    /// </summary>
    private static List<(double Step, double Loss)> Points(RunLog log)
    {
        StepRecord[] told = [.. log.Steps.Where(step => float.IsFinite(step.Loss) && step.Step > 0)];
        if (told.Length == 0)
            return [];
        var last = told.Max(step => step.Step);
        var first = Math.Max(1, last / 20.0);
        var width = Math.Log(last / first) / MostPoints;
        if (!(width > 0))
            return [];
        return
        [
            .. told.Where(step => step.Step >= first).GroupBy(step => (int)(Math.Log(step.Step / first) / width))
                .OrderBy(group => group.Key)
                .Select(group => (group.Average(step => (double)step.Step), Median([.. group.Select(step => (double)step.Loss).Order()]))),
        ];
    }

    private static double Median(double[] sorted) => sorted[sorted.Length / 2];

    private static (double Error, double AtEnd) Fit(List<(double Step, double Loss)> points, double exponent, int end)
    {
        double n = points.Count, sumX = 0, sumY = 0, sumXx = 0, sumXy = 0;
        foreach (var (step, loss) in points)
        {
            var x = Math.Pow(step, -exponent);
            (sumX, sumY, sumXx, sumXy) = (sumX + x, sumY + loss, sumXx + x * x, sumXy + x * loss);
        }
        var spread = sumXx - sumX * sumX / n;
        var slope = spread > 0 ? (sumXy - sumX * sumY / n) / spread : 0;
        var level = Math.Max(0, (sumY - slope * sumX) / n);
        if (level == 0 && sumXx > 0)
            slope = sumXy / sumXx;
        var error = points.Sum(point => Math.Pow(point.Loss - level - slope * Math.Pow(point.Step, -exponent), 2));
        return (error, level + slope * Math.Pow(end, -exponent));
    }
}
