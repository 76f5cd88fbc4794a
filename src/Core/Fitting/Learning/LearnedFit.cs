using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Fitting.Learning;

/// <summary>
/// A fit with runs learned after it was made. The search that found its mode goes on from there over its rows and the learned ones, so that
/// a run moves everything that it shares with others: its set-up, its stack, its device, the population, each by how sure it was. First the
/// rows of the fit are followed by their tangents, which costs little and leads nearly there, and tells the scatter of the set-ups that are
/// new; the last steps evaluate them anew. The end is that of fitting all rows together with the scatter that known set-ups have, and the
/// same rows give the same fit.
/// </summary>
public static class LearnedFit
{
    /// <summary>
    /// What a further step may still gain: a seventieth of a standard deviation, since one run may be all that is learned.
    /// </summary>
    private const double Tolerance = 1e-4;

    private const int MostSteps = 10;

    /// <summary>The fit that knows the runs too.</summary>
    /// <param name="known">The fit so far.</param>
    /// <param name="learned">Runs with measured speeds.</param>
    /// <param name="options">The options of the fit.</param>
    /// <param name="rows">The workloads of the fit's rows by name; those that are missing are followed by their tangents alone.</param>
    public static FittedModel Of(
        FittedModel known, IReadOnlyList<Workload> learned, FitOptions options, IReadOnlyDictionary<string, Workload>? rows = null)
    {
        if (learned.Count == 0)
            return known;
        Workload[] own = [.. learned.Select(workload => workload with { Keys = OwnGroups.OfRow(workload.Keys) })];
        var table = new ParameterTable(known.Rows.Select(row => row.Keys).Concat(own.Select(workload => workload.Keys)));
        options = options with { Tolerance = Tolerance, Iterations = MostSteps };
        double[] mode = [.. table.Parameters.Select((parameter, index) => known.Find(parameter) ?? table.Means[index])];
        LinearRow[] tangents = [.. known.Rows.Select(row => LinearRow.Of(
            row, table.Told(row.Keys), mode, options, new SetupScatter(options, known.Scatter).OfRow(row.Keys)))];
        var (at, scatter) = ByTangents(known, own, table, tangents, mode, options);
        var objective = new Objective(
            [
                .. known.Rows.Zip(tangents, (row, tangent) => row.Keys.Split is null && rows?.GetValueOrDefault(row.Id) is { } workload
                    ? (IMeasuredTime)new MeasuredWorkload(workload, table.Members(row.Keys), scatter.OfRow(row.Keys))
                    : tangent),
                .. Exact(known, own, table, mode, scatter),
            ], table.Means, table.Deviations, options);
        var end = PosteriorSearch.Run(objective, at, table.Deviations, options);
        return Model(known, own, table, end, [.. end.Rows.Select(objective.Weight)], scatter.Known);
    }

    /// <summary>
    /// The mode by the tangents of the known rows, and with it the scatter of the set-ups that are new: twice, the second time with the
    /// scatter that the first time found.
    /// </summary>
    private static (double[] At, SetupScatter Scatter) ByTangents(
        FittedModel known, Workload[] own, ParameterTable table, LinearRow[] tangents, double[] mode, FitOptions options)
    {
        var (at, scatter) = (mode, new SetupScatter(options, known.Scatter));
        for (var round = 1; ; round++)
        {
            var objective = new Objective(
                [.. tangents, .. Exact(known, own, table, mode, scatter)], table.Means, table.Deviations, options);
            var end = PosteriorSearch.Run(objective, at, table.Deviations, options);
            if (round == 2)
                return (end.Parameters, scatter);
            (at, scatter) = (end.Parameters, Renewed(known, own, table, objective, end, options));
        }
    }

    private static SetupScatter Renewed(
        FittedModel known, Workload[] own, ParameterTable table, Objective objective, SearchEnd end, FitOptions options)
    {
        double[] weights = [.. end.Rows.Select(objective.Weight)];
        double[] variances = [.. table.Deviations.Select(deviation => deviation * deviation)];
        var factor = LowerTriangle.Factor(PosteriorStep.Gram(end.Rows, variances, row => 1 / weights[row]));
        var found = known.Scatter.ToDictionary(setup => setup.Key, setup => setup.Value, StringComparer.Ordinal);
        foreach (var setup in own.Select((workload, index) => (Name: SetupScatter.Setup(workload.Keys)!, Row: known.Rows.Count + index))
            .GroupBy(row => row.Name, row => row.Row).Where(setup => !known.Scatter.ContainsKey(setup.Key)))
            found[setup.Key] = SetupScatter.Estimate(options, [.. setup.Select(row => SetupScatter.Square(
                end.Rows[row].Noise, weights[row] * objective.Variance(end.Rows[row]), weights[row] * end.Rows[row].Residual,
                factor.InverseAt(row)))]);
        return new(options, found);
    }

    private static IEnumerable<IMeasuredTime> Exact(
        FittedModel known, Workload[] own, ParameterTable table, double[] mode, SetupScatter scatter) =>
        own.Select(workload => workload.Keys.Split is null
            ? (IMeasuredTime)new MeasuredWorkload(workload, table.Members(workload.Keys), scatter.OfRow(workload.Keys))
            : new SharedWorkload(
                workload, known.Logs(workload.Keys), mode, table.Told(workload.Keys), scatter.OfRow(workload.Keys)));

    private static FittedModel Model(
        FittedModel known, Workload[] own, ParameterTable table, SearchEnd end, double[] weights,
        IReadOnlyDictionary<string, double> scatter)
    {
        var count = known.Rows.Count;
        return new(
            [.. table.Parameters.Select((parameter, index) =>
                new FittedParameter(parameter.Coefficient, parameter.Level, parameter.Key, end.Parameters[index]))],
            [
                .. known.Rows.Select((row, index) => row with
                {
                    Gradient = row.Keys.Split is null ? Gradient(end.Rows[index], table.Members(row.Keys)) : row.Gradient,
                    Precision = weights[index],
                    Residual = end.Rows[index].Residual,
                }),
                .. own.Select((workload, index) => new FittedRow(
                    workload.Observation.Name, workload.Keys,
                    workload.Keys.Split is null ? Gradient(end.Rows[count + index], table.Members(workload.Keys))
                        : WorkloadEvaluation.Of(workload, known.Logs(workload.Keys), withGradient: true).Gradient,
                    weights[count + index],
                    end.Rows[count + index].Residual, workload.Mfu)),
            ],
            known.Scales,
            known.Converged && end.Converged)
        {
            Scatter = scatter,
            Own = new([.. known.Own.Rows, .. own.Select(workload => workload.Keys)]),
        };
    }

    /// <summary>
    /// The derivative of a row with respect to each coefficient: the slope of the first of its parameters, since they add up.
    /// </summary>
    private static double[] Gradient(LinearObservation row, int[][] members)
    {
        var gradient = new double[members.Length];
        for (int index = 0, entry = 0; index < members.Length; entry += members[index++].Length)
            gradient[index] = row.Slopes[entry];
        return gradient;
    }
}
