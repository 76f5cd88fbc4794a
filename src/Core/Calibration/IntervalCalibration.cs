using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;
using SlmPlanner.Core.Time;

namespace SlmPlanner.Core.Calibration;

/// <summary>
/// Finds how wide intervals must be from what each group's rows would have been predicted as without that group. In the
/// linearised fit this needs no refit: with A the inverse covariance of all rows, the residuals of a left-out group G are
/// (A_GG)^-1 (A z)_G and their covariance (A_GG)^-1 (Rasmussen and Williams 2006, section 5.4.2, for blocks).
/// </summary>
internal static class IntervalCalibration
{
    private const double Coverage = 0.9, Narrowest = 0.8, Widest = 4;
    private const int FewestForStack = 15;

    /// <summary>The scales for a fit.</summary>
    /// <param name="rows">Linearised rows at the fit.</param>
    /// <param name="weights">Their precisions.</param>
    /// <param name="table">Parameters.</param>
    /// <param name="values">Their fitted values.</param>
    /// <param name="workloads">The rows' workloads, in the same order.</param>
    /// <param name="noise">Standard deviation of a measurement's logarithm.</param>
    public static IntervalScales Of(
        LinearObservation[] rows, double[] weights, ParameterTable table, double[] values, IReadOnlyList<Workload> workloads, double noise)
    {
        double[] variances = [.. table.Deviations.Select(deviation => deviation * deviation)];
        var inverse = PosteriorStep.Gram(rows, variances, row => 1 / weights[row]).Cholesky().Solve(Matrix<double>.Build.DenseIdentity(rows.Length));
        var targets = Vector<double>.Build.Dense(rows.Length, row => rows[row].Residual
            + rows[row].Columns.Select((column, entry) => rows[row].Slopes[entry] * (values[column] - table.Means[column])).Sum());
        var images = inverse * targets;
        var byModel = Of(workload => workload.ModelKey);
        var byStack = byModel.GroupBy(entry => workloads[entry.Row].Keys.Stack ?? "")
            .Where(stack => stack.Count() >= FewestForStack)
            .ToDictionary(stack => stack.Key, stack => Quantile(stack.Select(entry => entry.Value)));
        return new(
            Quantile(byModel.Select(entry => entry.Value)),
            Quantile(Of(workload => workload.Keys.Stack).Select(entry => entry.Value)),
            Quantile(Of(workload => workload.Device).Select(entry => entry.Value)),
            byStack);

        List<(int Row, double Value)> Of(Func<Workload, string?> group) => [.. workloads
            .Select((workload, index) => (Group: group(workload) ?? "", Index: index))
            .GroupBy(entry => entry.Group, entry => entry.Index)
            .SelectMany(members => Standardised([.. members], inverse, images, rows, weights, noise))];
    }

    private static IEnumerable<(int Row, double Value)> Standardised(
        int[] group, Matrix<double> inverse, Vector<double> images, LinearObservation[] rows, double[] weights, double noise)
    {
        var block = Matrix<double>.Build.Dense(group.Length, group.Length, (row, column) => inverse[group[row], group[column]]);
        var covariance = block.Inverse();
        var residuals = covariance * Vector<double>.Build.Dense(group.Length, index => images[group[index]]);
        for (var index = 0; index < group.Length; index++)
        {
            var (open, measured) = (rows[group[index]].OpenSpread, rows[group[index]].MeasuredSpread);
            var variance = covariance[index, index] - 1 / weights[group[index]] + noise * noise + open * open + measured * measured;
            yield return (group[index], Math.Abs(residuals[index]) / Math.Sqrt(Math.Max(variance, noise * noise)));
        }
    }

    private static double Quantile(IEnumerable<double> standardised) =>
        Math.Clamp(standardised.Quantile(Coverage) / Normal.InvCDF(0, 1, (1 + Coverage) / 2), Narrowest, Widest);
}
