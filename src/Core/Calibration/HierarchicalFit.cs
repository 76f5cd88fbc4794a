using SlmPlanner.Core.Time;

namespace SlmPlanner.Core.Calibration;

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
        workloads = SourceGroups.Shared(workloads);
        var table = new ParameterTable(workloads.Select(workload => workload.Keys));
        Observation[] observations = [.. workloads.Select(workload => new Observation(workload, table.Members(workload.Keys)))];
        var objective = new Objective(observations, table, options);
        var best = Starts(table, options, near)
            .Select(start => PosteriorSearch.Run(objective, start, table.Means, table.Deviations, options))
            .MinBy(end => end.Value);
        var rows = objective.Linearise(best.Parameters);
        double[] weights = [.. rows.Select(objective.Weight)];
        var scales = IntervalCalibration.Of(rows, weights, table, best.Parameters, workloads, options.Noise);
        return FittedModel.Create(table, best.Parameters, workloads, rows, weights, best.Converged).With(scales);
    }

    private static IEnumerable<double[]> Starts(ParameterTable table, FitOptions options, FittedModel? near)
    {
        yield return [.. table.Parameters.Select((parameter, index) => near?.Find(parameter) ?? table.Means[index])];
        var random = new Random(options.Seed);
        for (var start = 1; start < options.Starts; start++)
            yield return [.. table.Means.Select((mean, index) => mean + StartSpread * table.Deviations[index] * (2 * random.NextDouble() - 1))];
    }
}
