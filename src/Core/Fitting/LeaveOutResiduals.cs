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
    private readonly double[] _variances;
    private readonly double _noise;
    private readonly double[][] _inverse;
    private readonly double[] _images;

    /// <summary>Prepares the residuals of a fit.</summary>
    /// <param name="rows">Linearised rows at the fit.</param>
    /// <param name="weights">Their precisions.</param>
    /// <param name="deviations">Prior standard deviations of the parameters.</param>
    /// <param name="offsets">Fitted parameters less their prior means.</param>
    /// <param name="noise">Standard deviation of a measurement's logarithm.</param>
    public LeaveOutResiduals(LinearObservation[] rows, double[] weights, IReadOnlyList<double> deviations, double[] offsets, double noise)
    {
        (_rows, _weights, _noise) = (rows, weights, noise);
        _variances = [.. deviations.Select(deviation => deviation * deviation)];
        var factor = LowerTriangle.Factor(PosteriorStep.Gram(rows, _variances, row => 1 / weights[row]));
        _inverse = factor.Inverse();
        _images = [.. rows.Select(row => row.Residual + row.Columns.Select((column, entry) => row.Slopes[entry] * offsets[column]).Sum())];
        factor.Solve(_images);
        factor.SolveTransposed(_images);
    }

    /// <summary>Absolute residuals over their predicted standard deviation, each group of rows left out in turn.</summary>
    /// <param name="groups">The group of each row.</param>
    /// <returns>One value per row, in order of the rows.</returns>
    public double[] Standardised(IReadOnlyList<string> groups)
    {
        var standardised = new double[_rows.Length];
        foreach (var group in Enumerable.Range(0, _rows.Length).GroupBy(row => groups[row]))
        {
            int[] left = [.. group];
            var without = Without(left);
            for (var index = 0; index < left.Length; index++)
                standardised[left[index]] = Math.Abs(without.Residuals[index]) / without.Deviations[index];
        }
        return standardised;
    }

    /// <summary>The fit without a group of rows: one full step from the fit of all.</summary>
    /// <param name="group">Positions of the rows left out.</param>
    public LeftOut Without(int[] group)
    {
        var block = Matrix<double>.Build.Dense(group.Length, group.Length, (row, column) => _inverse[group[row]][group[column]]);
        var covariance = block.Inverse();
        var residuals = covariance * Vector<double>.Build.Dense(group.Length, index => _images[group[index]]);
        var images = (double[])_images.Clone();
        for (var index = 0; index < group.Length; index++)
            LowerTriangle.Add(images, -residuals[index], _inverse[group[index]]);
        foreach (var row in group)
            images[row] = 0;
        return new([.. residuals], [.. group.Select((row, index) => Deviation(row, covariance[index, index]))], Offsets(images));
    }

    private double Deviation(int row, double variance)
    {
        var (open, measured) = (_rows[row].OpenSpread, _rows[row].MeasuredSpread);
        return Math.Sqrt(Math.Max(0, variance - 1 / _weights[row]) + _noise * _noise + open * open + measured * measured);
    }

    /// <summary>Prior variances × slopes × images.</summary>
    private double[] Offsets(double[] images)
    {
        var offsets = new double[_variances.Length];
        for (var row = 0; row < images.Length; row++)
            for (var entry = 0; entry < _rows[row].Columns.Length; entry++)
                offsets[_rows[row].Columns[entry]] += _rows[row].Slopes[entry] * images[row];
        for (var column = 0; column < offsets.Length; column++)
            offsets[column] *= _variances[column];
        return offsets;
    }
}

/// <summary>A fit without some rows.</summary>
/// <param name="Residuals">Measured minus predicted logarithm of each row left out.</param>
/// <param name="Deviations">Predicted standard deviation of each: coefficients, noise, what it leaves open.</param>
/// <param name="Offsets">The parameters less their prior means.</param>
internal sealed record LeftOut(double[] Residuals, double[] Deviations, double[] Offsets);
