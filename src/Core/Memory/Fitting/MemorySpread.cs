namespace SlmPlanner.Core.Memory.Fitting;

/// <summary>The spread that makes what was seen most likely, given predictions by constants that did not see it.</summary>
internal static class MemorySpread
{
    private const double Least = 0.02, Most = 0.6;
    private const int Steps = 30;

    /// <summary>Standard deviation of the logarithm of a peak.</summary>
    /// <param name="rows">Runs with their weights and a likelihood by spread.</param>
    public static double Of(IReadOnlyList<(double Weight, Func<double, double> Loss)> rows)
    {
        var (low, high) = (Math.Log(Least), Math.Log(Most));
        for (var i = 0; i < Steps; i++)
        {
            var (left, right) = (low + ((high - low) / 3), high - ((high - low) / 3));
            if (Sum(rows, Math.Exp(left)) < Sum(rows, Math.Exp(right)))
                high = right;
            else
                low = left;
        }
        return Math.Exp((low + high) / 2);
    }

    private static double Sum(IReadOnlyList<(double Weight, Func<double, double> Loss)> rows, double spread) =>
        rows.Sum(row => row.Weight * row.Loss(spread));
}
