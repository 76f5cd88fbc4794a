namespace SlmPlanner.Core.Memory;

/// <summary>
/// How the logarithm of a true peak lies around a predicted one, in units of the spread: Student's distribution of four degrees of freedom,
/// whose tails allow for the run that is nothing like its description. All three functions are closed forms (Hill 1970; Shaw 2006).
/// </summary>
internal static class PeakTail
{
    /// <summary>Its variance, ν/(ν − 2): a spread is not a standard deviation.</summary>
    public const double Variance = 2;

    /// <summary>Density at so many spreads: 3/8·(1 + t²/4)^(−5/2).</summary>
    public static double Density(double deviations) => 0.375 * Math.Pow(1 + (deviations * deviations / 4), -2.5);

    /// <summary>Probability of lying below so many spreads, 0 to 1.</summary>
    public static double Below(double deviations)
    {
        if (double.IsInfinity(deviations))
            return deviations > 0 ? 1 : 0;
        var square = 1 + (deviations * deviations / 4);
        return 0.5 + (0.375 * deviations / Math.Sqrt(square) * (1 - (deviations * deviations / square / 12)));
    }

    /// <summary>Spreads below which the true peak lies with a probability, above 0 and below 1.</summary>
    public static double Quantile(double probability)
    {
        var root = Math.Sqrt(4 * probability * (1 - probability));
        var ratio = Math.Cos(Math.Acos(Math.Min(1, root)) / 3) / root;
        return Math.Sign(probability - 0.5) * 2 * Math.Sqrt(Math.Max(0, ratio - 1));
    }
}
