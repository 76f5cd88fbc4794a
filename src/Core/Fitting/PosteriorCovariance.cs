using System.Collections.Concurrent;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Fitting;

/// <summary>
/// Posterior covariance of the coefficients, in the space of the fitted rows: prior covariance minus what the rows say. With L the Cholesky
/// factor of the rows' covariance, what they say of a parameter is an image, L⁻¹ times its covariance with each row. Images are kept, so
/// that a configuration costs sums of the images of its groups. Two configurations share a coefficient's deviation for each group that
/// they have in common.
/// </summary>
internal sealed class PosteriorCovariance
{
    private readonly ParameterTable _table;
    private readonly int _rows;
    private readonly double[] _variances;
    private readonly List<(int Row, double Slope)>[] _slopes;
    private readonly Lazy<LowerTriangle> _factor;
    private readonly Lazy<RowInfluences> _influences;
    private readonly ConcurrentDictionary<int, double[]> _images = new();

    public PosteriorCovariance(ParameterTable table, IReadOnlyList<FittedRow> rows)
    {
        (_table, _rows) = (table, rows.Count);
        _variances = [.. table.Deviations.Select(deviation => deviation * deviation)];
        LinearObservation[] linear = [.. rows.Select(row => Linear(table.Told(row.Keys), row))];
        _slopes = [.. _variances.Select(_ => new List<(int, double)>())];
        for (var row = 0; row < linear.Length; row++)
            for (var entry = 0; entry < linear[row].Columns.Length; entry++)
                _slopes[linear[row].Columns[entry]].Add((row, linear[row].Slopes[entry]));
        _factor = new(() => LowerTriangle.Factor(PosteriorStep.Gram(linear, _variances, row => 1 / rows[row].Precision)));
        _influences = new(() => new(_factor.Value, rows));
    }

    /// <summary>Works out what every configuration needs, if it is not yet.</summary>
    public void Prepare() => _ = _rows > 0 ? _factor.Value : null;

    /// <summary>What groups of fitted rows, by their positions, hold of gradient · logarithms of a configuration's coefficients.</summary>
    public Influence[] Influences(GroupKeys keys, double[] gradient, IReadOnlyList<int[]> groups)
    {
        var members = _table.Members(keys);
        var image = Image(
            members.SelectMany(group => group),
            members.SelectMany((group, coefficient) => group.Select(_ => gradient[coefficient])));
        return _influences.Value.Of(image, groups);
    }

    /// <summary>Covariance of the coefficients' logarithms of a configuration.</summary>
    public double[,] Of(GroupKeys keys)
    {
        var (members, unseen) = (_table.Members(keys), _table.UnseenVariance(keys));
        double[][] images = [.. members.Select(group => Image(group, group.Select(_ => 1.0)))];
        var covariance = new double[members.Length, members.Length];
        for (var row = 0; row < members.Length; row++)
        {
            covariance[row, row] = unseen[row] + members[row].Sum(member => _variances[member]);
            for (var column = 0; column <= row; column++)
                covariance[row, column] = covariance[column, row] =
                    covariance[row, column] - LowerTriangle.Dot(images[row], images[column]);
        }
        return covariance;
    }

    /// <summary>
    /// Variance of gradient · logarithms of a configuration's coefficients: <see cref="Of"/> between two gradients, without the matrix.
    /// </summary>
    public double Variance(GroupKeys keys, ReadOnlySpan<double> gradient)
    {
        var (members, unseen) = (_table.Members(keys), _table.UnseenVariance(keys));
        var prior = 0.0;
        var (parameters, slopes) = (new List<int>(), new List<double>());
        for (var index = 0; index < members.Length; index++)
        {
            prior += gradient[index] * gradient[index] * (unseen[index] + members[index].Sum(member => _variances[member]));
            foreach (var member in members[index])
            {
                parameters.Add(member);
                slopes.Add(gradient[index]);
            }
        }
        var image = ImageOfSum(parameters, slopes);
        return Math.Max(0, prior - LowerTriangle.Dot(image, image));
    }

    /// <summary>
    /// Covariances between gradient · logarithms of several configurations. Two share the deviations of the groups that both belong to,
    /// those without rows too; where neither says which group it is, it is taken to be the same.
    /// </summary>
    public double[,] Between(IReadOnlyList<(GroupKeys Keys, double[] Gradient)> configurations)
    {
        var members = configurations.Select(one => _table.Members(one.Keys)).ToArray();
        double[][] images = [.. configurations.Select((one, index) => Image(
            members[index].SelectMany(group => group),
            members[index].SelectMany((group, coefficient) => group.Select(_ => one.Gradient[coefficient]))))];
        var covariance = new double[configurations.Count, configurations.Count];
        for (var row = 0; row < configurations.Count; row++)
            for (var column = 0; column <= row; column++)
            {
                var (left, right) = (configurations[row], configurations[column]);
                var unseen = _table.SharedUnseenVariance(left.Keys, right.Keys);
                var prior = unseen.Select((variance, coefficient) => left.Gradient[coefficient] * right.Gradient[coefficient]
                    * (variance + members[row][coefficient].Intersect(members[column][coefficient]).Sum(member => _variances[member])))
                        .Sum();
                covariance[row, column] = covariance[column, row] = prior - LowerTriangle.Dot(images[row], images[column]);
            }
        return covariance;
    }

    /// <summary>The image of a weighted sum of parameters.</summary>
    private double[] Image(IEnumerable<int> parameters, IEnumerable<double> weights)
    {
        var sum = new double[_rows];
        foreach (var (parameter, weight) in parameters.Zip(weights))
        {
            LowerTriangle.Add(sum, weight, _images.GetOrAdd(parameter, Image));
        }
        return sum;
    }

    /// <summary>
    /// The same by one solution of the triangle, where the single images are not wanted again: for a configuration of groups that nothing
    /// else is asked of, that is one instead of one per group and coefficient.
    /// </summary>
    private double[] ImageOfSum(IEnumerable<int> parameters, IEnumerable<double> weights)
    {
        var sum = new double[_rows];
        foreach (var (parameter, weight) in parameters.Zip(weights))
            foreach (var (row, slope) in _slopes[parameter])
                sum[row] += weight * slope * _variances[parameter];
        if (_rows > 0)
            _factor.Value.Solve(sum);
        return sum;
    }

    private double[] Image(int parameter)
    {
        var image = new double[_rows];
        foreach (var (row, slope) in _slopes[parameter])
            image[row] += slope * _variances[parameter];
        if (_rows > 0)
            _factor.Value.Solve(image);
        return image;
    }

    private static LinearObservation Linear(int[][] members, FittedRow row)
    {
        var entries = members.SelectMany((group, index) => group.Select(member => (Member: member, Slope: row.Gradient[index]))).ToArray();
        return new(row.Residual, 0, 0, 0, [.. entries.Select(entry => entry.Member)], [.. entries.Select(entry => entry.Slope)]);
    }
}
