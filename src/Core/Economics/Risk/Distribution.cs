using MathNet.Numerics.Statistics;

namespace SlmPlanner.Core.Economics.Risk;

/// <summary>A quantity as drawn many times, smallest first.</summary>
public sealed class Distribution
{
    private readonly double[] _sorted;

    /// <summary>From draws in any order, at least one.</summary>
    public Distribution(IEnumerable<double> draws)
    {
        _sorted = [.. draws];
        Array.Sort(_sorted);
        if (_sorted.Length == 0)
            throw new InputException("a distribution has 0 draws, allowed 1 or more");
    }

    /// <summary>Number of draws.</summary>
    public int Count => _sorted.Length;

    /// <summary>The mean: the expected value.</summary>
    public double Mean => _sorted.Average();

    /// <summary>Standard error of <see cref="Mean"/> from the finite number of draws.</summary>
    public double MeanError => _sorted.Length > 1 ? ArrayStatistics.StandardDeviation(_sorted) / Math.Sqrt(_sorted.Length) : 0;

    /// <summary>The value kept with a probability between 0 and 1.</summary>
    public double Quantile(double probability) => SortedArrayStatistics.Quantile(_sorted, probability);

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
