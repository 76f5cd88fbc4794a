namespace SlmPlanner.Core.Fitting.Learning;

/// <summary>
/// A row by its tangent: what it says of the parameters near the place where it was linearised, without its configuration.
/// </summary>
/// <param name="row">The row there.</param>
/// <param name="place">The parameters there.</param>
internal sealed class LinearRow(LinearObservation row, double[] place) : IMeasuredTime
{
    /// <summary>
    /// A row of a fit at the fit's mode. Its variance follows from its weight and residual, which the robust loss joined:
    /// w = (ν + 1)/(ν + r²/s)/s, so s = (ν + 1 − w·r²)/(w·ν).
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="members">Parameter positions per coefficient.</param>
    /// <param name="mode">The parameters at the mode.</param>
    /// <param name="options">The options of the fit.</param>
    /// <param name="noise">Standard deviation of its logarithm about the equation.</param>
    public static LinearRow Of(FittedRow row, int[][] members, double[] mode, FitOptions options, double noise)
    {
        (int Member, double Slope)[] entries =
            [.. members.SelectMany((group, index) => group.Select(member => (member, row.Gradient[index])))];
        var spread = Math.Sqrt(Math.Max(0, Variance(row, options.Freedom) - (noise * noise)));
        return new(
            new(row.Residual, 0, spread, noise, [.. entries.Select(entry => entry.Member)], [.. entries.Select(entry => entry.Slope)]),
            mode);
    }

    /// <summary>The row with another standard deviation about the equation.</summary>
    public LinearRow With(double noise) => new(row with { Noise = noise }, place);

    /// <inheritdoc/>
    public LinearObservation At(double[] parameters, bool withSlopes)
    {
        var change = 0.0;
        for (var entry = 0; entry < row.Columns.Length; entry++)
            change += row.Slopes[entry] * (parameters[row.Columns[entry]] - place[row.Columns[entry]]);
        return row with { Residual = row.Residual - change };
    }

    private static double Variance(FittedRow row, double freedom) => double.IsPositiveInfinity(freedom)
        ? 1 / row.Precision
        : (freedom + 1 - (row.Precision * row.Residual * row.Residual)) / (row.Precision * freedom);
}
