using MathNet.Numerics.Statistics;

namespace SlmPlanner.Core.Economics.Risk;

/// <summary>A quantity as drawn many times, smallest first. Draws may be infinite: a run that never finishes has no length.</summary>
internal sealed class Distribution
{
    private readonly double[] _sorted;

    /// <summary>From draws in any order, at least one; none of them is NaN.</summary>
    public Distribution(IEnumerable<double> draws)
    {
        _sorted = [.. draws];
        Array.Sort(_sorted);
        if (_sorted.Length == 0)
            throw new InputException("a distribution has 0 draws, allowed 1 or more");
        if (double.IsNaN(_sorted[0]))
            throw new ArgumentException("a draw is not a number", nameof(draws));
    }

    /// <summary>Number of draws.</summary>
    public int Count => _sorted.Length;

    /// <summary>The mean: the expected value.</summary>
    public double Mean => _sorted.Average();

    /// <summary>Standard error of <see cref="Mean"/> from the finite number of draws; infinite with an infinite draw.</summary>
    public double MeanError => double.IsInfinity(_sorted[^1]) ? double.PositiveInfinity
        : _sorted.Length > 1 ? ArrayStatistics.StandardDeviation(_sorted) / Math.Sqrt(_sorted.Length) : 0;

    /// <summary>The value kept with a probability between 0 and 1; infinite where it lies between draws of which one is.</summary>
    public double Quantile(double probability) =>
        SortedArrayStatistics.Quantile(_sorted, probability) is var value && double.IsNaN(value) ? double.PositiveInfinity : value;

    /// <summary>Share of the draws that are infinite, 0..1.</summary>
    public double InfiniteShare => (double)_sorted.Count(double.IsInfinity) / _sorted.Length;

    /// <summary>The finite draws alone; null when there are none.</summary>
    public Distribution? Finite() => double.IsFinite(_sorted[^1]) ? this
        : double.IsFinite(_sorted[0]) ? new(_sorted.Where(double.IsFinite))
        : null;

    /// <summary>The probability of staying at or below a limit.</summary>
    public double ProbabilityWithin(double limit)
    {
        var index = Array.BinarySearch(_sorted, limit);
        if (index < 0)
            return (double)~index / _sorted.Length;
        while (index < _sorted.Length && _sorted[index] <= limit)
            index++;
        return (double)index / _sorted.Length;
    }
}
