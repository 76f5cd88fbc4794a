using Pragmastat;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Time;

namespace SlmPlanner.Core.Calibration;

/// <summary>What a reader should know of a fit: convergence, residuals by group, influential rows, coefficients that the rows don't decide.</summary>
internal static class FitDiagnostics
{
    private const double LargeResidual = 0.2, LargeBias = 0.03, Undecided = 0.95;
    private const int Shown = 8, FewestForBias = 5;

    /// <summary>The findings, the gravest first.</summary>
    public static IEnumerable<Finding> Of(
        FittedModel model, IReadOnlyList<Workload> workloads, IReadOnlyList<RejectedRow> rejected, FitOptions options)
    {
        if (!model.Converged)
            yield return new(Severity.Warning, "fit-not-converged", $"The fit stopped after {options.Iterations} steps without converging; raise the number of steps.");
        if (rejected.Count > 0)
            yield return new(Severity.Hint, "rows-rejected", $"{rejected.Count} of {rejected.Count + workloads.Count} rows were not fitted; each is listed with its reason in the profile.");
        var residuals = new Sample([.. model.Rows.Select(row => row.Residual)]);
        if (residuals.Size > 1)
            yield return new(Severity.Hint, "residuals", FormattableString.Invariant(
                $"Residuals of log time: centre {residuals.Center().NominalValue:0.000}, spread {residuals.Spread().NominalValue:0.000} over {model.Rows.Count} rows."));
        foreach (var finding in Outliers(model).Concat(BiasedStacks(model)))
            yield return finding;
        var undecided = Undecideds(model).ToList();
        if (undecided.Count > 0)
            yield return new(Severity.Hint, "coefficients-undecided",
                $"The rows hardly narrow the prior of {string.Join(", ", undecided)}: predictions that depend on them rest on the prior.");
    }

    private static IEnumerable<Finding> Outliers(FittedModel model)
    {
        var outliers = model.Rows.Where(row => Math.Abs(row.Residual) > LargeResidual).OrderByDescending(row => Math.Abs(row.Residual)).ToList();
        if (outliers.Count > 0)
            yield return new(Severity.Warning, "outlying-rows", FormattableString.Invariant(
                $"{outliers.Count} rows are more than {LargeResidual:P0} off their fit and count for little in it: ")
                + string.Join(", ", outliers.Take(Shown).Select(row => FormattableString.Invariant($"{row.Id} ({Math.Exp(row.Residual) - 1:+0%;-0%} time)"))));
    }

    private static IEnumerable<Finding> BiasedStacks(FittedModel model) =>
        from row in model.Rows
        group row.Residual by row.Keys.Stack ?? "unknown stack" into stack
        let count = stack.Count()
        let mean = stack.Average()
        where count >= FewestForBias && Math.Abs(mean) > LargeBias
        select new Finding(Severity.Hint, "biased-stack", FormattableString.Invariant($"The {count} rows of {stack.Key} take {mean:+0.0%;-0.0%} of their fitted time on average."));

    private static IEnumerable<string> Undecideds(FittedModel model)
    {
        var covariance = model.Covariance(new());
        var prior = FittedModel.Prior.Covariance(new());
        foreach (var coefficient in Enum.GetValues<StepCoefficient>())
        {
            var index = (int)coefficient;
            var group = CoefficientPriors.All[index].Levels.Sum(level => GroupLevels.MayBeAbsent(level.Level) ? 0 : level.Deviation * level.Deviation);
            if (covariance[index, index] - group > Undecided * (prior[index, index] - group))
                yield return coefficient.ToString();
        }
    }
}
