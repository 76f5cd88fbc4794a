using MathNet.Numerics.LinearAlgebra;

namespace SlmPlanner.Core.Fitting;

/// <summary>
/// What each group's rows would have been predicted as without that group. In the linearised fit this needs no refit: with A the inverse
/// covariance of all rows, the residuals of a left-out group G are (A_GG)^-1 (A z)_G and their covariance (A_GG)^-1 (Rasmussen and
/// Williams 2006, section 5.4.2, for blocks). Where a set-up keeps some of its rows, they alone tell its scatter (<see cref="KeptRows"/>).
/// </summary>
internal sealed class LeaveOutResiduals
{
    private readonly FittedRows _fitted;
    private readonly double[] _variances;

    /// <summary>Prepares the residuals of a fit.</summary>
    /// <param name="rows">Linearised rows at the fit.</param>
    /// <param name="setups">The set-up of each row; null where it has none.</param>
    /// <param name="objective">Variances and weights of rows.</param>
    /// <param name="deviations">Prior standard deviations of the parameters.</param>
    /// <param name="offsets">Fitted parameters less their prior means.</param>
    /// <param name="options">The usual scatter.</param>
    public LeaveOutResiduals(
        LinearObservation[] rows, IReadOnlyList<string?> setups, Objective objective, IReadOnlyList<double> deviations, double[] offsets,
        FitOptions options)
    {
        _variances = [.. deviations.Select(deviation => deviation * deviation)];
        double[] weights = [.. rows.Select(objective.Weight)];
        var factor = LowerTriangle.Factor(PosteriorStep.Gram(rows, _variances, row => 1 / weights[row]));
        double[] images = [.. rows.Select(row => row.Residual + row.Columns.Select((column, entry) => row.Slopes[entry] * offsets[column])
            .Sum())];
        factor.Solve(images);
        factor.SolveTransposed(images);
        _fitted = new(rows, setups, weights, [.. rows.Select(objective.Variance)], factor.Inverse(), images, options);
    }

    /// <summary>The scatter of each set-up, by all of its rows.</summary>
    public IReadOnlyDictionary<string, double> Scatter() => _fitted.Scatter();

    /// <summary>Absolute residuals over their predicted standard deviation, each group of rows left out in turn.</summary>
    /// <param name="groups">The group of each row.</param>
    /// <param name="given">What else the variance of each row has, which no left-out row changes; null for nothing.</param>
    /// <returns>One value per row, in order of the rows.</returns>
    public double[] Standardised(IReadOnlyList<string> groups, IReadOnlyList<double>? given = null)
    {
        var standardised = new double[groups.Count];
        Parallel.ForEach(Enumerable.Range(0, groups.Count).GroupBy(row => groups[row]), group =>
        {
            int[] left = [.. group];
            var without = Without(left);
            for (var index = 0; index < left.Length; index++)
                standardised[left[index]] = Math.Abs(without.Residuals[index])
                    / Math.Sqrt((without.Deviations[index] * without.Deviations[index]) + (given?[left[index]] ?? 0));
        });
        return standardised;
    }

    /// <summary>The fit without a group of rows: one full step from the fit of all.</summary>
    /// <param name="group">Positions of the rows left out.</param>
    public LeftOut Without(int[] group)
    {
        var kept = KeptRows.Of(_fitted, group);
        var changed = kept.Changed;
        var apart = changed.Length == 0 ? null
            : (_fitted.Block(changed, changed) + Matrix<double>.Build.DenseOfDiagonalArray([.. kept.Changes.Select(change => 1 / change)]))
            .LU();
        var images = (double[])_fitted.Images.Clone();
        var block = _fitted.Block(group, group);
        Matrix<double>? across = null;
        if (apart is not null)
        {
            Subtract(images, changed, apart.Solve(_fitted.ImagesOf(changed)));
            across = apart.Solve(_fitted.Block(changed, group));
            block -= _fitted.Block(group, changed) * across;
        }
        var covariance = LowerTriangle.Inverse(block);
        var residuals = covariance * Vector<double>.Build.Dense(group.Length, index => images[group[index]]);
        Subtract(images, group, residuals);
        if (across is not null)
            Subtract(images, changed, -(across * residuals));
        foreach (var row in group)
            images[row] = 0;
        return new([.. residuals], [.. group.Select((row, index) => Deviation(row, covariance[index, index], kept.ScatterOf(row)))],
            Offsets(images));
    }

    /// <summary>Subtracts columns of the inverse times weights.</summary>
    private void Subtract(double[] images, int[] columns, Vector<double> weights)
    {
        for (var index = 0; index < columns.Length; index++)
            LowerTriangle.Add(images, -weights[index], _fitted.Inverse[columns[index]]);
    }

    private double Deviation(int row, double variance, double scatter)
    {
        var (open, measured) = (_fitted.Rows[row].OpenSpread, _fitted.Rows[row].MeasuredSpread);
        return Math.Sqrt(Math.Max(0, variance - (1 / _fitted.Weights[row])) + (scatter * scatter) + (open * open) + (measured * measured));
    }

    /// <summary>Prior variances × slopes × images.</summary>
    private double[] Offsets(double[] images)
    {
        var offsets = new double[_variances.Length];
        for (var row = 0; row < images.Length; row++)
            for (var entry = 0; entry < _fitted.Rows[row].Columns.Length; entry++)
                offsets[_fitted.Rows[row].Columns[entry]] += _fitted.Rows[row].Slopes[entry] * images[row];
        for (var column = 0; column < offsets.Length; column++)
            offsets[column] *= _variances[column];
        return offsets;
    }
}

/// <summary>A fit without some rows.</summary>
/// <param name="Residuals">Measured minus predicted logarithm of each row left out.</param>
/// <param name="Deviations">Predicted standard deviation of each: coefficients, scatter, what it leaves open.</param>
/// <param name="Offsets">The parameters less their prior means.</param>
internal sealed record LeftOut(double[] Residuals, double[] Deviations, double[] Offsets);
