using MathNet.Numerics.LinearAlgebra;

namespace SlmPlanner.Core.Fitting;

/// <summary>
/// What each group's rows would have been predicted as without that group. In the linearised fit this needs no refit: with A the inverse
/// covariance of all rows, the residuals of a left-out group G are (A_GG)^-1 (A z)_G and their covariance (A_GG)^-1 (Rasmussen and
/// Williams 2006, section 5.4.2, for blocks).
/// </summary>
internal sealed class LeaveOutResiduals
{
    private readonly LinearObservation[] _rows;
    private readonly double[] _weights;
    private readonly double _noise;
    private readonly Matrix<double> _inverse;
    private readonly Vector<double> _images;

    /// <summary>Prepares the residuals of a fit.</summary>
    /// <param name="rows">Linearised rows at the fit.</param>
    /// <param name="weights">Their precisions.</param>
    /// <param name="deviations">Prior standard deviations of the parameters.</param>
    /// <param name="offsets">Fitted parameters less their prior means.</param>
    /// <param name="noise">Standard deviation of a measurement's logarithm.</param>
    public LeaveOutResiduals(LinearObservation[] rows, double[] weights, IReadOnlyList<double> deviations, double[] offsets, double noise)
    {
        (_rows, _weights, _noise) = (rows, weights, noise);
        double[] variances = [.. deviations.Select(deviation => deviation * deviation)];
        _inverse = PosteriorStep.Gram(rows, variances, row => 1 / weights[row]).Cholesky()
            .Solve(Matrix<double>.Build.DenseIdentity(rows.Length));
        var targets = Vector<double>.Build.Dense(rows.Length, row => rows[row].Residual
            + rows[row].Columns.Select((column, entry) => rows[row].Slopes[entry] * offsets[column]).Sum());
        _images = _inverse * targets;
    }

    /// <summary>Absolute residuals over their predicted standard deviation, each group of rows left out in turn.</summary>
    /// <param name="groups">The group of each row.</param>
    /// <returns>One value per row, in order of the rows.</returns>
    public double[] Standardised(IReadOnlyList<string> groups)
    {
        var standardised = new double[_rows.Length];
        foreach (var group in Enumerable.Range(0, _rows.Length).GroupBy(row => groups[row]))
            Standardise([.. group], standardised);
        return standardised;
    }

    private void Standardise(int[] group, double[] standardised)
    {
        var block = Matrix<double>.Build.Dense(group.Length, group.Length, (row, column) => _inverse[group[row], group[column]]);
        var covariance = block.Inverse();
        var residuals = covariance * Vector<double>.Build.Dense(group.Length, index => _images[group[index]]);
        for (var index = 0; index < group.Length; index++)
        {
            var (open, measured) = (_rows[group[index]].OpenSpread, _rows[group[index]].MeasuredSpread);
            var coefficients = Math.Max(0, covariance[index, index] - 1 / _weights[group[index]]);
            standardised[group[index]] =
                Math.Abs(residuals[index]) / Math.Sqrt(coefficients + _noise * _noise + open * open + measured * measured);
        }
    }
}
