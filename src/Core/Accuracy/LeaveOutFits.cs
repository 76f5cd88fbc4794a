using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Accuracy;

/// <summary>The fits of all rows but a group, each one full step from the fit of all, and what they predict of the group.</summary>
internal sealed class LeaveOutFits
{
    private readonly FittedModel _full;
    private readonly FitOptions _options;
    private readonly ParameterTable _table;
    private readonly LeaveOutResiduals _residuals;

    /// <summary>Linearises the rows at their fit.</summary>
    /// <param name="workloads">Measured rows.</param>
    /// <param name="full">Their fit.</param>
    /// <param name="options">Its options.</param>
    /// <param name="deviation">A deviation of the priors in place of the one in force; null for those in force.</param>
    public LeaveOutFits(
        IReadOnlyList<Workload> workloads, FittedModel full, FitOptions options,
        Func<StepCoefficient, GroupLevel, double?>? deviation = null)
    {
        (Workloads, _full, _options) = (workloads, full, options);
        _table = new(workloads.Select(workload => workload.Keys));
        double[] deviations = [.. _table.Parameters.Select((parameter, index) =>
            deviation?.Invoke(parameter.Coefficient, parameter.Level) ?? _table.Deviations[index])];
        double[] parameters = [.. _table.Parameters.Select((parameter, index) => full.Find(parameter) ?? _table.Means[index])];
        var scatter = new SetupScatter(options, full.Scatter);
        IMeasuredTime[] rows = [.. workloads.Select(workload => workload.Keys.Split is null
            ? (IMeasuredTime)new MeasuredWorkload(workload, _table.Members(workload.Keys), scatter.OfRow(workload.Keys))
            : new SharedWorkload(
                workload, full.Logs(workload.Keys), parameters, _table.Told(workload.Keys), scatter.OfRow(workload.Keys)))];
        var objective = new Objective(rows, _table.Means, deviations, options);
        var linear = objective.Linearise(parameters);
        _residuals = new(
            linear, [.. workloads.Select(workload => SetupScatter.Setup(workload.Keys))], objective, deviations,
            objective.Offsets(parameters), options);
    }

    /// <summary>The measured rows.</summary>
    public IReadOnlyList<Workload> Workloads { get; }

    /// <summary>Predictions of rows by the fit without them.</summary>
    /// <param name="group">Positions of the rows.</param>
    /// <param name="seen">A row as the prediction may see it.</param>
    public IReadOnlyList<SpeedPrediction> Predict(int[] group, Func<Workload, Workload> seen)
    {
        var without = _residuals.Without(group);
        double[] parameters = [.. without.Offsets.Zip(_table.Means, (offset, mean) => offset + mean)];
        var left = group.ToHashSet();
        var rows = Workloads.Where((_, row) => !left.Contains(row)).Select(workload => workload.Keys).ToList();
        var (odds, known) = (new KernelOdds(rows), new KnownGroups(rows));
        return [.. group.Select((row, index) =>
        {
            var workload = seen(Workloads[row]);
            var styles = odds.Open(workload.Keys) ? odds.Of(workload.Keys) : [(1, workload.Keys)];
            (double Probability, double[] Logs)[] logs = [.. styles.Select(style => (style.Probability, Logs(style.Keys, parameters)))];
            var evaluation = WorkloadEvaluation.Of(workload, KernelMixture.Mean(logs), withGradient: logs.Length > 1);
            var between = logs.Length > 1 ? KernelMixture.Between(logs, evaluation.Gradient) : 0;
            return new SpeedPrediction(
                evaluation.LogSeconds, Math.Sqrt(without.Deviations[index] * without.Deviations[index] + between
                    + (workload.Keys.Split is null ? 0 : _full.VarianceOfWhole(workload))),
                _full.Scales.Of(known, workload.Keys));
        })];
    }

    private double[] Logs(GroupKeys keys, double[] parameters) =>
        [.. Coefficients.Logs(_table.Members(keys), parameters).Zip(_table.UnseenMeans(keys), (seen, unseen) => seen + unseen)];
}
