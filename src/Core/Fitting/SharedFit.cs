using SlmPlanner.Core.Time;
using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Fitting;

/// <summary>
/// What runs that share the model among ranks add to a fit of runs of whole models. They move nothing that whole models tell, so that a
/// grid of one stack's splits changes no prediction of a plain run: the posterior is cut (Plummer 2015, "Cuts in Bayesian graphical
/// models"; <see cref="ParameterTable.Told"/>).
/// </summary>
internal static class SharedFit
{
    /// <summary>The fit with both.</summary>
    /// <param name="whole">The fit of whole models.</param>
    /// <param name="shared">Runs that share the model, with measured speeds.</param>
    /// <param name="options">Options.</param>
    public static FittedModel Of(FittedModel whole, IReadOnlyList<Workload> shared, FitOptions options)
    {
        if (shared.Count == 0)
            return whole;
        var table = new ParameterTable([.. whole.Rows.Select(row => row.Keys), .. shared.Select(workload => workload.Keys)]);
        double[] start = [.. table.Parameters.Select((parameter, index) => whole.Find(parameter) ?? table.Means[index])];
        var (end, objective, scatter) = Search(whole, shared, table, start, options);
        var model = new FittedModel(
            [.. table.Parameters.Select((parameter, index) =>
                new FittedParameter(parameter.Coefficient, parameter.Level, parameter.Key, end.Parameters[index]))],
            [.. whole.Rows, .. shared.Select((workload, index) => Row(workload, whole, table, start, end, index, objective))],
            whole.Scales,
            whole.Converged && end.Converged)
        {
            Own = whole.Own,
            Scatter = scatter.Known,
        };
        var residuals = Residuals(end, Setups(shared), objective, table, options);
        return model.With(IntervalCalibration.OfShared(whole.Scales, residuals, shared, [.. shared.Select(model.VarianceOfWhole)]));
    }

    /// <summary>The mode of what such runs tell; all else stays where it is. Rounds as in <see cref="HierarchicalFit"/>.</summary>
    private static (SearchEnd End, Objective Objective, SetupScatter Scatter) Search(
        FittedModel whole, IReadOnlyList<Workload> shared, ParameterTable table, double[] start, FitOptions options)
    {
        var setups = Setups(shared);
        var scatter = new SetupScatter(options, whole.Scatter);
        var at = start;
        for (var round = 1; ; round++)
        {
            var objective = new Objective(
                [.. shared.Select(workload => new SharedWorkload(
                    workload, whole.Logs(workload.Keys), start, table.Told(workload.Keys), scatter.OfRow(workload.Keys)))],
                start, table.Deviations, options);
            var end = PosteriorSearch.Run(objective, at, table.Deviations, options);
            if (round == HierarchicalFit.Rounds)
                return (end, objective, scatter);
            var found = Residuals(end, setups, objective, table, options).Scatter();
            at = end.Parameters;
            scatter = new(options, new Dictionary<string, double>([.. whole.Scatter, .. found], StringComparer.Ordinal));
        }
    }

    private static string?[] Setups(IReadOnlyList<Workload> shared) => [.. shared.Select(workload => SetupScatter.Setup(workload.Keys))];

    private static LeaveOutResiduals Residuals(
        SearchEnd end, string?[] setups, Objective objective, ParameterTable table, FitOptions options) =>
        new(end.Rows, setups, objective, table.Deviations, objective.Offsets(end.Parameters), options);

    private static FittedRow Row(
        Workload workload, FittedModel whole, ParameterTable table, double[] start, SearchEnd end, int index, Objective objective)
    {
        double[] logs = [.. whole.Logs(workload.Keys).Zip(table.Told(workload.Keys), (log, group) =>
            log + group.Sum(member => end.Parameters[member] - start[member]))];
        return new(
            workload.Observation.Name, workload.Keys, WorkloadEvaluation.Of(workload, logs, withGradient: true).Gradient,
            objective.Weight(end.Rows[index]), end.Rows[index].Residual, workload.Mfu);
    }
}
