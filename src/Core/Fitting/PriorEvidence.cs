namespace SlmPlanner.Core.Fitting;

/// <summary>
/// How well deviations of the priors agree with measured rows: the marginal likelihood of rows linearised at their fit (Laplace's
/// approximation; Rasmussen and Williams 2006, equations 5.8 and 5.9), with a log-normal belief about each deviation.
/// </summary>
/// <param name="rows">Rows linearised at their fit.</param>
/// <param name="weights">Their precisions.</param>
/// <param name="distances">Their distances from the prior's mean, in log time.</param>
/// <param name="kinds">Which deviation each parameter has.</param>
/// <param name="believed">The size that each deviation is believed to have.</param>
internal sealed class PriorEvidence(
    LinearObservation[] rows, double[] weights, double[] distances, int[] kinds, IReadOnlyList<double> believed)
{
    /// <summary>Standard deviation of a deviation's logarithm about what is believed: a factor of 2.7 either way is no surprise.</summary>
    public const double Belief = 1;

    private readonly (int Row, double Slope)[][] _slopes = Slopes(rows, kinds.Length);

    /// <summary>The logarithm of the evidence, up to a constant, and its derivatives with respect to the deviations' logarithms.</summary>
    public (double Value, double[] Gradient) At(IReadOnlyList<double> logs)
    {
        double[] variances = [.. kinds.Select(kind => Math.Exp(2 * logs[kind]))];
        var factor = LowerTriangle.Factor(PosteriorStep.Gram(rows, variances, row => 1 / weights[row]));
        var images = (double[])distances.Clone();
        factor.Solve(images);
        var value = -(LowerTriangle.Dot(images, images) / 2) - factor.LogDeterminant / 2;
        factor.SolveTransposed(images);
        var gradient = Pull(variances, images, factor.Inverse());
        for (var kind = 0; kind < gradient.Length; kind++)
        {
            var off = (logs[kind] - Math.Log(believed[kind])) / Belief;
            value -= off * off / 2;
            gradient[kind] -= off / Belief;
        }
        return (value, gradient);
    }

    private double[] Pull(double[] variances, double[] images, double[][] inverse)
    {
        var pulls = new double[kinds.Length];
        Parallel.For(0, kinds.Length, parameter =>
        {
            double mean = 0, spread = 0;
            foreach (var (row, slope) in _slopes[parameter])
            {
                mean += slope * images[row];
                foreach (var (other, across) in _slopes[parameter])
                    spread += slope * across * inverse[row][other];
            }
            pulls[parameter] = variances[parameter] * ((mean * mean) - spread);
        });
        var gradient = new double[believed.Count];
        for (var parameter = 0; parameter < pulls.Length; parameter++)
            gradient[kinds[parameter]] += pulls[parameter];
        return gradient;
    }

    private static (int Row, double Slope)[][] Slopes(LinearObservation[] rows, int parameters)
    {
        var slopes = Enumerable.Range(0, parameters).Select(_ => new List<(int, double)>()).ToArray();
        for (var row = 0; row < rows.Length; row++)
            for (var entry = 0; entry < rows[row].Columns.Length; entry++)
                if (rows[row].Slopes[entry] != 0)
                    slopes[rows[row].Columns[entry]].Add((row, rows[row].Slopes[entry]));
        return [.. slopes.Select(list => list.ToArray())];
    }
}
