using System.Collections.Concurrent;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using SlmPlanner.Core.Time;

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
    private readonly Lazy<LowerTriangle>? _known;
    private readonly ConcurrentDictionary<GroupKeys, (int[][] Members, double[] Unseen)> _groups = new();

    public PosteriorCovariance(ParameterTable table, IReadOnlyList<FittedRow> rows)
    {
        _table = table;
        _variances = [.. table.Deviations.Select(deviation => deviation * deviation)];
        _rows = [.. rows.Select(row => Linear(table.Members(row.Keys), row))];
        if (rows.Count > 0)
        {
            _factor = PosteriorStep.Gram(_rows, _variances, row => 1 / rows[row].Precision).Cholesky();
            _known = new(() => new(_factor.Factor));
        }
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

    /// <summary>
    /// Variance of gradient · logarithms of a configuration's coefficients: <see cref="Of"/> between two gradients, but
    /// with one triangular solve in place of one per coefficient.
    /// </summary>
    public double Variance(GroupKeys keys, ReadOnlySpan<double> gradient)
    {
        var (members, unseen) = _groups.GetOrAdd(keys, key => (_table.Members(key), _table.UnseenVariance(key)));
        var (prior, pulls) = (0.0, new double[_variances.Length]);
        for (var index = 0; index < members.Length; index++)
        {
            var variance = unseen[index];
            foreach (var member in members[index])
            {
                variance += _variances[member];
                pulls[member] += gradient[index] * _variances[member];
            }
            prior += gradient[index] * gradient[index] * variance;
        }
        return Math.Max(0, prior - (_known?.Value.SquaredNorm(Image(pulls)) ?? 0));
    }

    private double[] Image(double[] pulls)
    {
        var image = new double[_rows.Length];
        for (var row = 0; row < image.Length; row++)
        {
            var (columns, slopes) = (_rows[row].Columns, _rows[row].Slopes);
            for (var entry = 0; entry < columns.Length; entry++)
                image[row] += slopes[entry] * pulls[columns[entry]];
        }
        return image;
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
        return new(row.Residual, 0, 0, [.. entries.Select(entry => entry.Member)], [.. entries.Select(entry => entry.Slope)]);
    }
}
