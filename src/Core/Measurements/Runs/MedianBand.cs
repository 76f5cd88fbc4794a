namespace SlmPlanner.Core.Measurements.Runs;

/// <summary>A median with an interval that needs no distribution.</summary>
/// <param name="Median">The median.</param>
/// <param name="Low">Lower end of the 90 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Count">Values.</param>
public readonly record struct MedianBand(double Median, double Low, double High, int Count)
{
    /// <summary>Two-sided 90 % point of the normal distribution.</summary>
    private const double Normal90 = 1.645;

    /// <summary>Standard error of the logarithm that the interval stands for.</summary>
    public double LogError => Low > 0 ? Math.Log(High / Low) / (2 * Normal90) : 0;

    /// <summary>
    /// Order statistics whose ranks enclose the median with 90 % under the binomial distribution, by its normal approximation (Hahn and
    /// Meeker, Statistical Intervals, section 5.2). Values that follow each other alike count as fewer: n · (1 − r) / (1 + r) of a first
    /// autocorrelation r.
    /// </summary>
    /// <param name="values">At least one value in the order of time.</param>
    public static MedianBand Of(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToArray();
        var count = sorted.Length;
        var correlation = Math.Clamp(Autocorrelation(values), 0, 0.95);
        var effective = Math.Max(1, count * (1 - correlation) / (1 + correlation));
        var half = Normal90 * Math.Sqrt(effective) / 2 / effective;
        return new(At(sorted, 0.5), At(sorted, 0.5 - half), At(sorted, 0.5 + half), count);
    }

    /// <summary>
    /// The same of values that a coarse clock rounds: the middle is the mean of those between the first and the last tenth, since their
    /// median is one of a few ticks.
    /// </summary>
    /// <param name="values">At least one value in the order of time.</param>
    public static MedianBand OfTicks(IReadOnlyList<double> values)
    {
        var band = Of(values);
        var sorted = values.Order().ToArray();
        var (low, high) = (At(sorted, 0.1), At(sorted, 0.9));
        var mean = sorted.Where(value => value >= low && value <= high).DefaultIfEmpty(band.Median).Average();
        return new(mean, Math.Min(band.Low, mean), Math.Max(band.High, mean), band.Count);
    }

    /// <summary>The quantile of sorted values, between neighbours by a straight line.</summary>
    internal static double At(double[] sorted, double share)
    {
        var place = Math.Clamp(share, 0, 1) * (sorted.Length - 1);
        var below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }

    /// <summary>First autocorrelation of ranks above and below the median: outliers weigh no more than others.</summary>
    private static double Autocorrelation(IReadOnlyList<double> values)
    {
        if (values.Count < 8)
            return 0;
        var median = At([.. values.Order()], 0.5);
        double product = 0, square = 0;
        for (var index = 1; index < values.Count; index++)
        {
            var (left, right) = (Math.Sign(values[index - 1] - median), Math.Sign(values[index] - median));
            product += left * right;
            square += right * right;
        }
        return square > 0 ? product / square : 0;
    }
}
