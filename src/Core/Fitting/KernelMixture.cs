namespace SlmPlanner.Core.Fitting;

/// <summary>
/// The coefficients of a configuration that may have one of several kernel styles, as one distribution with the mixture's mean and
/// covariance: the mean of the covariances plus the covariance of the means.
/// </summary>
internal static class KernelMixture
{
    /// <summary>The mean.</summary>
    /// <param name="styles">Probability and the coefficients' logarithms of each style.</param>
    public static double[] Mean(IReadOnlyList<(double Probability, double[] Logs)> styles)
    {
        var mean = new double[styles[0].Logs.Length];
        foreach (var (probability, logs) in styles)
            LowerTriangle.Add(mean, probability, logs);
        return mean;
    }

    /// <summary>The covariance.</summary>
    /// <param name="styles">Probability and the coefficients' logarithms of each style.</param>
    /// <param name="within">Covariance of each style's coefficients.</param>
    public static double[,] Covariance(IReadOnlyList<(double Probability, double[] Logs)> styles, IReadOnlyList<double[,]> within)
    {
        var mean = Mean(styles);
        var covariance = new double[mean.Length, mean.Length];
        for (var style = 0; style < styles.Count; style++)
            for (var row = 0; row < mean.Length; row++)
                for (var column = 0; column < mean.Length; column++)
                    covariance[row, column] += styles[style].Probability * (within[style][row, column]
                        + (styles[style].Logs[row] - mean[row]) * (styles[style].Logs[column] - mean[column]));
        return covariance;
    }

    /// <summary>Variance of gradient · logarithms from style to style, at least 0.</summary>
    public static double Between(IReadOnlyList<(double Probability, double[] Logs)> styles, ReadOnlySpan<double> gradient)
    {
        var offsets = Offsets(styles, gradient);
        return LowerTriangle.Dot(offsets, offsets);
    }

    /// <summary>How far gradient · logarithms of each style is from the mean, times the square root of the style's probability.</summary>
    public static double[] Offsets(IReadOnlyList<(double Probability, double[] Logs)> styles, ReadOnlySpan<double> gradient)
    {
        var centre = LowerTriangle.Dot(gradient, Mean(styles));
        var offsets = new double[styles.Count];
        for (var style = 0; style < offsets.Length; style++)
            offsets[style] = Math.Sqrt(styles[style].Probability) * (LowerTriangle.Dot(gradient, styles[style].Logs) - centre);
        return offsets;
    }
}
