using Pragmastat;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Fitting;

/// <summary>
/// What a reader should know of a fit: convergence, residuals by group, influential rows, coefficients that the rows don't decide.
/// </summary>
internal static class FitDiagnostics
{
    private const double LargeResidual = 0.2, LargeBias = 0.03, Undecided = 0.95;
    private const int Shown = 8, FewestForBias = 5;

    /// <summary>The findings, the gravest first.</summary>
    public static IEnumerable<Finding> Of(
        FittedModel model, IReadOnlyList<Workload> workloads, IReadOnlyList<RejectedRow> rejected, FitOptions options)
    {
        if (!model.Converged)
            yield return new FitNotConverged(options.Iterations);
        if (rejected.Count > 0)
            yield return new RowsRejected(rejected.Count, rejected.Count + workloads.Count);
        var residuals = new Sample([.. model.Rows.Select(row => row.Residual)]);
        if (residuals.Size > 1)
            yield return new Residuals(residuals.Center().NominalValue, residuals.Spread().NominalValue, model.Rows.Count);
        foreach (var finding in Outliers(model).Concat(BiasedStacks(model)))
            yield return finding;
        var undecided = Undecideds(model).ToArray();
        if (undecided.Length > 0)
            yield return new CoefficientsUndecided(undecided);
    }

    private static IEnumerable<Finding> Outliers(FittedModel model)
    {
        var outliers = model.Rows.Where(row => Math.Abs(row.Residual) > LargeResidual)
            .OrderByDescending(row => Math.Abs(row.Residual)).ToList();
        if (outliers.Count > 0)
            yield return new OutlyingRows(
                outliers.Count, LargeResidual, [.. outliers.Take(Shown)
                    .Select(row => new OutlyingRow(row.Id, Math.Exp(row.Residual) - 1))]);
    }

    private static IEnumerable<Finding> BiasedStacks(FittedModel model) =>
        from row in model.Rows
        group row.Residual by row.Keys.Stack ?? StackBias.Unknown into stack
        let count = stack.Count()
        let mean = stack.Average()
        where count >= FewestForBias && Math.Abs(mean) > LargeBias
        select (Finding)new StackBias(stack.Key, count, mean);

    private static IEnumerable<string> Undecideds(FittedModel model)
    {
        var covariance = model.Covariance(new());
        var prior = FittedModel.Prior.Covariance(new());
        foreach (var coefficient in Enum.GetValues<StepCoefficient>())
        {
            var index = (int)coefficient;
            var group = CoefficientPriors.All[index].Levels
                .Sum(level => GroupLevels.MayBeAbsent(level.Level) ? 0 : level.Deviation * level.Deviation);
            if (covariance[index, index] - group > Undecided * (prior[index, index] - group))
                yield return coefficient.ToString();
        }
    }
}
