using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace SlmPlanner.Core.Fitting;

/// <summary>
/// Factors on the computed standard deviation that make intervals of several levels cover what they say. With normal errors of the
/// computed size all are 1; heavy tails make them rise with the level.
/// </summary>
public sealed class IntervalScale
{
    private const double Narrowest = 0.8, Widest = 4, LeastOfTail = 0.2, MostOfTail = 8;

    /// <summary>The level whose factor is kept within bounds: there are rows enough to tell, and most people ask for it.</summary>
    private const double Usual = 0.9;

    private readonly double[] _factors;

    /// <summary>Takes the factor of each of <see cref="Levels"/>, each above 0.</summary>
    public IntervalScale(IEnumerable<double> factors)
    {
        _factors = [.. factors];
        if (_factors.Length != Levels.Count || !_factors.All(factor => factor > 0 && double.IsFinite(factor)))
            throw new InputException($"an interval scale needs a factor above 0 for each of {Levels.Count} levels");
    }

    /// <summary>Levels for which a factor is kept: probabilities that a two-sided interval covers.</summary>
    public static IReadOnlyList<double> Levels { get; } = [0.5, 0.8, 0.9, 0.95, 0.99];

    /// <summary>As computed.</summary>
    public static IntervalScale One { get; } = Flat(1);

    /// <summary>The factors, in the order of <see cref="Levels"/>.</summary>
    public IReadOnlyList<double> Factors => _factors;

    /// <summary>The same factor at every level.</summary>
    public static IntervalScale Flat(double factor) => new(Levels.Select(_ => factor));

    /// <summary>The factors that rows show.</summary>
    /// <param name="standardised">Absolute residuals over their computed standard deviation; at least one.</param>
    /// <param name="weights">How much each counts, above 0; null: all the same.</param>
    public static IntervalScale Of(IEnumerable<double> standardised, IEnumerable<double>? weights = null)
    {
        var values = Weighted(standardised, weights);
        var usual = Factor(values, Usual);
        var bound = Math.Clamp(usual, Narrowest, Widest);
        var floor = usual > 0 ? bound / usual : 1;
        return new(Levels.Select(level => Math.Clamp(floor * Factor(values, level), LeastOfTail * bound, MostOfTail * bound)));
    }

    /// <summary>These factors, scaled by one number so that the usual level is that of other rows.</summary>
    /// <param name="standardised">The other rows; at least one.</param>
    public IntervalScale WithWidthOf(IEnumerable<double> standardised)
    {
        var ratio = Math.Clamp(Factor(Weighted(standardised, null), Usual), Narrowest, Widest) / At(Usual);
        return new(_factors.Select(factor => ratio * factor));
    }

    /// <summary>The larger factor at every level.</summary>
    public IntervalScale Max(IntervalScale other) => new(_factors.Zip(other._factors, Math.Max));

    /// <summary>The factor at a level: linear in the normal quantile between kept levels, constant beyond them.</summary>
    /// <param name="level">Probability that a two-sided interval covers, in (0, 1).</param>
    public double At(double level)
    {
        var reach = Reach(level);
        if (reach <= Reach(Levels[0]))
            return _factors[0];
        for (var upper = 1; upper < Levels.Count; upper++)
            if (reach <= Reach(Levels[upper]))
            {
                var (low, high) = (Reach(Levels[upper - 1]), Reach(Levels[upper]));
                return _factors[upper - 1] + (_factors[upper] - _factors[upper - 1]) * (reach - low) / (high - low);
            }
        return _factors[^1];
    }

    /// <summary>Half of a two-sided normal interval, in standard deviations.</summary>
    public static double Reach(double level) => Normal.InvCDF(0, 1, (1 + level) / 2);

    private static (double Value, double Weight)[] Weighted(IEnumerable<double> values, IEnumerable<double>? weights) =>
        [.. (weights is null ? values.Select(value => (value, 1.0)) : values.Zip(weights)).OrderBy(pair => pair.Item1)];

    /// <summary>
    /// The quantile of a level over that of a normal distribution. Each value stands in the middle of its weight, and between values the
    /// quantile is linear.
    /// </summary>
    private static double Factor((double Value, double Weight)[] ordered, double level)
    {
        var target = level * ordered.Sum(pair => pair.Weight);
        var (below, place) = (ordered[0].Value, 0.0);
        var at = 0.0;
        foreach (var (value, weight) in ordered)
        {
            var middle = at + weight / 2;
            if (middle >= target)
                return (place < middle ? below + (value - below) * (target - place) / (middle - place) : value) / Reach(level);
            (below, place, at) = (value, middle, at + weight);
        }
        return ordered[^1].Value / Reach(level);
    }
}
