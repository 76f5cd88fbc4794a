using MathNet.Numerics.Statistics;

namespace SlmPlanner.Data.Measurements.Bursts;


/// <summary>
/// The median of a sample with a distribution-free interval: order statistics whose ranks enclose the median with the wanted
/// probability under the binomial distribution (Hahn and Meeker, Statistical Intervals, section 5.2).
/// </summary>
/// <param name="Median">The sample median.</param>
/// <param name="Low">Lower end; the minimum where the sample is too small for the confidence.</param>
/// <param name="High">Upper end; the maximum where the sample is too small for the confidence.</param>
/// <param name="Minimum">The smallest value.</param>
/// <param name="Count">Values.</param>
/// <param name="Covers">True when the sample is large enough for the confidence (6 values for 95 %).</param>
public sealed record MedianInterval(double Median, double Low, double High, double Minimum, int Count, bool Covers)
{
    /// <summary>Half of the interval over the median.</summary>
    public double RelativeHalfWidth => (High - Low) / 2 / Median;

    /// <summary>Estimates from at least one value.</summary>
    /// <param name="values">The sample.</param>
    /// <param name="confidence">Probability that the interval holds the median, in (0, 1).</param>
    public static MedianInterval Of(IReadOnlyCollection<double> values, double confidence = 0.95)
    {
        var sorted = values.Order().ToArray();
        var n = sorted.Length;
        var median = SortedArrayStatistics.Median(sorted);
        var (rank, covers) = LowerRank(n, confidence);
        return new(median, sorted[rank], sorted[n - 1 - rank], sorted[0], n, covers);
    }

    /// <summary>The largest rank r (from 0) with P(r &lt; Binomial(n, ½) ≤ n − 1 − r) at least the confidence.</summary>
    private static (int Rank, bool Covers) LowerRank(int n, double confidence)
    {
        var probability = Math.Pow(0.5, n);
        var tail = 0.0;
        for (var rank = 0; rank < n / 2; rank++)
        {
            tail += probability;
            if (1 - 2 * tail < confidence)
                return (Math.Max(0, rank - 1), rank > 0);
            probability *= (double)(n - rank) / (rank + 1);
        }
        return (Math.Max(0, n / 2 - 1), n > 1);
    }
}
