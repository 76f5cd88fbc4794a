using SlmPlanner.Core.Time;
using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Fitting;

/// <summary>Fits the step-time equation's coefficients to measured workloads, with shrinkage by stack, device and publication.</summary>
public static class HierarchicalFit
{
    private const double StartSpread = 0.5;

    /// <summary>
    /// Rounds of fitting coefficients and finding the scatter of set-ups about them: the fourth changes no scatter by a tenth.
    /// </summary>
    internal const int Rounds = 4;

    /// <summary>The best fit over all starts.</summary>
    /// <param name="workloads">Workloads with measured speeds.</param>
    /// <param name="options">Options.</param>
    /// <param name="near">A fit to start from instead of the prior's mean.</param>
    public static FittedModel Run(IReadOnlyList<Workload> workloads, FitOptions options, FittedModel? near = null)
    {
        var shared = workloads.ToLookup(workload => workload.Keys.Split is not null);
        return SharedFit.Of(Whole([.. shared[false]], options, near), [.. shared[true]], options);
    }

    private static FittedModel Whole(IReadOnlyList<Workload> workloads, FitOptions options, FittedModel? near)
    {
        var table = new ParameterTable(workloads.Select(workload => workload.Keys));
        string?[] setups = [.. workloads.Select(workload => SetupScatter.Setup(workload.Keys))];
        var scatter = new SetupScatter(options, near?.Scatter ?? new Dictionary<string, double>());
        var starts = Starts(table, options, near).ToList();
        for (var round = 1; ; round++)
        {
            var objective = new Objective([.. workloads.Select(workload => new MeasuredWorkload(
                workload, table.Members(workload.Keys), scatter.OfRow(workload.Keys)))], table.Means, table.Deviations, options);
            var best = starts.Select(start => PosteriorSearch.Run(objective, start, table.Deviations, options)).MinBy(end => end.Value)!;
            var residuals = new LeaveOutResiduals(
                best.Rows, setups, objective, table.Deviations, objective.Offsets(best.Parameters), options);
            if (round == Rounds || !setups.Any(setup => setup is not null))
                return FittedModel.Create(table, best, workloads, [.. best.Rows.Select(objective.Weight)], scatter.Known)
                    .With(IntervalCalibration.Of(residuals, workloads));
            (scatter, starts) = (new(options, residuals.Scatter()), [best.Parameters]);
        }
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
