
namespace SlmPlanner.Core.Fitting;

/// <summary>
/// One damped Gauss-Newton step of the posterior, solved in the space of observations: there are fewer observations than
/// parameters, and each parameter has a prior, so that (Rasmussen and Williams 2006, equation 2.11, with Woodbury's identity)
/// the step needs one Cholesky factorisation of observations × observations.
/// </summary>
internal static class PosteriorStep
{
    /// <summary>The change of the parameters.</summary>
    /// <param name="rows">Linearised observations.</param>
    /// <param name="weights">Their precisions.</param>
    /// <param name="pull">The negative gradient.</param>
    /// <param name="deviations">Prior standard deviations.</param>
    /// <param name="gram">Covariances of the rows by the prior.</param>
    /// <param name="damping">Levenberg-Marquardt damping, ≥ 0, in units of the prior's curvature.</param>
    public static double[] Of(
        LinearObservation[] rows, double[] weights, double[] pull, IReadOnlyList<double> deviations, RowGram gram, double damping)
    {
        double[] scale = [.. deviations.Select(deviation => deviation * deviation / (1 + damping))];
        double[] step = [.. pull.Zip(scale, (slope, variance) => slope * variance)];
        double[] solved = [.. rows.Select(row => Dot(row, step))];
        var factor = gram.Factor(weights, damping);
        factor.Solve(solved);
        factor.SolveTransposed(solved);
        for (var row = 0; row < rows.Length; row++)
            for (var entry = 0; entry < rows[row].Columns.Length; entry++)
            {
                var column = rows[row].Columns[entry];
                step[column] -= scale[column] * rows[row].Slopes[entry] * solved[row];
            }
        return step;
    }

    /// <summary>
    /// How far the objective would fall by a step if it were quadratic: half of gradient · step, for a full one half of gradient ·
    /// curvature⁻¹ · gradient, ≥ 0.
    /// </summary>
    /// <param name="step">The step.</param>
    /// <param name="pull">The negative gradient.</param>
    public static double Gain(double[] step, double[] pull) => step.Zip(pull, (change, slope) => change * slope).Sum() / 2;

    /// <summary>The negative gradient of the objective.</summary>
    /// <param name="rows">Linearised observations.</param>
    /// <param name="weights">Their precisions.</param>
    /// <param name="offsets">Parameters minus prior means.</param>
    /// <param name="deviations">Prior standard deviations.</param>
    public static double[] Pull(LinearObservation[] rows, double[] weights, double[] offsets, IReadOnlyList<double> deviations)
    {
        double[] pull = [.. offsets.Select((offset, index) => -offset / (deviations[index] * deviations[index]))];
        for (var row = 0; row < rows.Length; row++)
            for (var entry = 0; entry < rows[row].Columns.Length; entry++)
                pull[rows[row].Columns[entry]] += rows[row].Slopes[entry] * weights[row] * rows[row].Residual;
        return pull;
    }

    /// <summary>
    /// Covariance of the observations: slopes × prior variances × slopes, plus noise on the diagonal; rows of the lower triangle.
    /// </summary>
    public static double[][] Gram(LinearObservation[] rows, double[] scale, Func<int, double> noise)
    {
        var gram = new double[rows.Length][];
        Parallel.For(0, rows.Length, () => new double[scale.Length], (row, _, spread) =>
        {
            Spread(rows[row], scale, spread);
            gram[row] = new double[row + 1];
            for (var other = 0; other <= row; other++)
                gram[row][other] = Dot(rows[other], spread);
            gram[row][row] += noise(row);
            foreach (var column in rows[row].Columns)
                spread[column] = 0;
            return spread;
        }, _ => { });
        return gram;
    }

    /// <summary>A row's slopes times prior variances, added to where its parameters stand.</summary>
    public static void Spread(LinearObservation row, double[] variances, double[] spread)
    {
        for (var entry = 0; entry < row.Columns.Length; entry++)
            spread[row.Columns[entry]] += row.Slopes[entry] * variances[row.Columns[entry]];
    }

    /// <summary>A row's slopes times values of its parameters.</summary>
    public static double Dot(LinearObservation row, double[] values)
    {
        var sum = 0.0;
        for (var entry = 0; entry < row.Columns.Length; entry++)
            sum += row.Slopes[entry] * values[row.Columns[entry]];
        return sum;
    }
}
