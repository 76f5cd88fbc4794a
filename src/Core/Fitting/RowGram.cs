namespace SlmPlanner.Core.Fitting;

/// <summary>
/// Covariances of rows by the prior alone, slopes × prior variances × slopes, kept from step to step: pairs of rows whose slopes are
/// those of the last step are not multiplied again, and damping divides all of them by one number.
/// </summary>
/// <param name="deviations">Prior standard deviations.</param>
internal sealed class RowGram(IReadOnlyList<double> deviations)
{
    private readonly double[] _variances = [.. deviations.Select(deviation => deviation * deviation)];
    private double[][] _slopes = [];
    private double[][] _lower = [];

    /// <summary>Takes rows as they were linearised last.</summary>
    public void Renew(LinearObservation[] rows)
    {
        if (_lower.Length != rows.Length)
            (_slopes, _lower) = (new double[rows.Length][], [.. rows.Select((_, row) => new double[row + 1])]);
        var isNew = rows.Select((row, index) => !ReferenceEquals(row.Slopes, _slopes[index])).ToArray();
        if (!isNew.Contains(true))
            return;
        Parallel.For(0, rows.Length, () => new double[_variances.Length], (row, _, spread) =>
        {
            PosteriorStep.Spread(rows[row], _variances, spread);
            for (var other = 0; other <= row; other++)
                if (isNew[row] || isNew[other])
                    _lower[row][other] = PosteriorStep.Dot(rows[other], spread);
            foreach (var column in rows[row].Columns)
                spread[column] = 0;
            return spread;
        }, _ => { });
        _slopes = [.. rows.Select(row => row.Slopes)];
    }

    /// <summary>
    /// The factor of the covariance of the first rows, their noise included.
    /// </summary>
    /// <param name="weights">Precisions of those rows.</param>
    /// <param name="damping">What divides the prior's variances, less 1.</param>
    public LowerTriangle Factor(double[] weights, double damping = 0)
    {
        var share = 1 / (1 + damping);
        var lower = new double[weights.Length][];
        for (var row = 0; row < lower.Length; row++)
        {
            lower[row] = new double[row + 1];
            LowerTriangle.Add(lower[row], share, _lower[row]);
            lower[row][row] += 1 / weights[row];
        }
        return LowerTriangle.Factor(lower);
    }
}
