using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Fitting;

/// <summary>Fits the step-time equation's coefficients to measured workloads, with shrinkage by stack, device and publication.</summary>
public static class HierarchicalFit
{
    private const double StartSpread = 0.5;

    /// <summary>The best fit over all starts.</summary>
    /// <param name="workloads">Workloads with measured speeds.</param>
    /// <param name="options">Options.</param>
    /// <param name="near">A fit to start from instead of the prior's mean.</param>
    public static FittedModel Run(IReadOnlyList<Workload> workloads, FitOptions options, FittedModel? near = null)
    {
        var table = new ParameterTable(workloads.Select(workload => workload.Keys));
        MeasuredWorkload[] rows = [.. workloads.Select(workload => new MeasuredWorkload(workload, table.Members(workload.Keys)))];
        var objective = new Objective(rows, table.Means, table.Deviations, options);
        var best = Starts(table, options, near)
            .Select(start => PosteriorSearch.Run(objective, start, table.Deviations, options))
            .MinBy(end => end.Value)!;
        double[] weights = [.. best.Rows.Select(objective.Weight)];
        var residuals = new LeaveOutResiduals(best.Rows, weights, table.Deviations, objective.Offsets(best.Parameters), options.Noise);
        return FittedModel.Create(table, best, workloads, weights).With(IntervalCalibration.Of(residuals, workloads));
    }

    private static IEnumerable<double[]> Starts(ParameterTable table, FitOptions options, FittedModel? near)
    {
        yield return [.. table.Parameters.Select((parameter, index) => near?.Find(parameter) ?? table.Means[index])];
        var random = new Random(options.Seed);
        for (var start = 1; start < options.Starts; start++)
            yield return [.. table.Means.Select((mean, index) =>
                mean + StartSpread * table.Deviations[index] * (2 * random.NextDouble() - 1))];
    }
}
