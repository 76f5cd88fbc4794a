using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using SlmPlanner.Core.Performance;

namespace SlmPlanner.Core.Calibration;

/// <summary>
/// Posterior covariance of the coefficients, in the space of the fitted rows: prior covariance minus what the rows say.
/// Two configurations share a coefficient's deviation for each group that they have in common.
/// </summary>
internal sealed class PosteriorCovariance
{
    private readonly ParameterTable _table;
    private readonly LinearObservation[] _rows;
    private readonly double[] _variances;
    private readonly Cholesky<double>? _factor;

    public PosteriorCovariance(ParameterTable table, IReadOnlyList<FittedRow> rows)
    {
        _table = table;
        _variances = [.. table.Deviations.Select(deviation => deviation * deviation)];
        _rows = [.. rows.Select(row => Linear(table.Members(row.Keys), row))];
        if (rows.Count > 0)
            _factor = PosteriorStep.Gram(_rows, _variances, row => 1 / rows[row].Precision).Cholesky();
    }

    /// <summary>Covariance of the coefficients' logarithms of a configuration.</summary>
    public double[,] Of(GroupKeys keys)
    {
        var members = _table.Members(keys);
        var unseen = _table.UnseenVariance(keys);
        var prior = new double[members.Length, members.Length];
        for (var index = 0; index < members.Length; index++)
            prior[index, index] = unseen[index] + members[index].Sum(member => _variances[member]);
        if (_factor is null)
            return prior;
        var shared = Matrix<double>.Build.Dense(_rows.Length, members.Length, (row, index) => Shared(_rows[row], members[index]));
        var known = shared.TransposeThisAndMultiply(_factor.Solve(shared));
        for (var row = 0; row < members.Length; row++)
            for (var column = 0; column < members.Length; column++)
                prior[row, column] -= known[row, column];
        return prior;
    }

    private double Shared(LinearObservation row, int[] members)
    {
        var sum = 0.0;
        for (var entry = 0; entry < row.Columns.Length; entry++)
            if (Array.IndexOf(members, row.Columns[entry]) >= 0)
                sum += row.Slopes[entry] * _variances[row.Columns[entry]];
        return sum;
    }

    private static LinearObservation Linear(int[][] members, FittedRow row)
    {
        var entries = members.SelectMany((group, index) => group.Select(member => (Member: member, Slope: row.Gradient[index]))).ToArray();
        return new(row.Residual, 0, [.. entries.Select(entry => entry.Member)], [.. entries.Select(entry => entry.Slope)]);
    }
}
