using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Fitting.Learning;

/// <summary>
/// A fit with runs learned after it was made: what fitting all rows together would change, without fitting them. A run moves everything
/// that it shares with others: its set-up, its stack, its device, the population, each by how sure it was, and the scatter of set-ups,
/// found in the rounds of <see cref="HierarchicalFit"/>. The fit's rows are followed by their tangents; those that have moved are
/// evaluated anew. The same rows give the same fit.
/// </summary>
public static class LearnedFit
{
    /// <summary>
    /// What a further step may still gain: a seventieth of a standard deviation, since one run may be all that is learned.
    /// </summary>
    private const double Tolerance = 1e-4;

    private const int MostSteps = 10;

    /// <summary>Rounds after those that find the scatter, where further rows have moved.</summary>
    private const int MoreRounds = 1;

    /// <summary>A row whose log time moved by less is where its tangent says.</summary>
    private const double Negligible = 1e-3;

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
        var (fitted, gram) = (new KnownRows(known, table, options, rows), new RowGram(table.Deviations));
        var (at, scatter) = (fitted.Mode, new SetupScatter(options, known.Scatter));
        LearnedScatter? rounds = null;
        for (var round = 1; ; round++)
        {
            var objective = new Objective(
                [
                    .. fitted.Rows(scatter),
                    .. own.Select(workload => workload.Keys.Split is null
                        ? (IMeasuredTime)new MeasuredWorkload(workload, table.Members(workload.Keys), scatter.OfRow(workload.Keys))
                        : new SharedWorkload(
                            workload, known.Logs(workload.Keys), fitted.Mode, table.Told(workload.Keys), scatter.OfRow(workload.Keys))),
                ], fitted.Means, table.Deviations, options);
            rounds ??= Rounds(known, own, objective, gram, at, options);
            var end = PosteriorSearch.Run(objective, at, table.Deviations, options, gram);
            var hasMoved = fitted.Moved(end.Rows, Negligible);
            if (round >= HierarchicalFit.Rounds && (!hasMoved || round == HierarchicalFit.Rounds + MoreRounds))
                return Model(known, own, table, end, [.. end.Rows.Select(objective.Weight)], scatter.Known);
            at = end.Parameters;
            if (round < HierarchicalFit.Rounds)
                scatter = rounds.After(objective, end.Rows, gram);
        }
    }

    private static LearnedScatter Rounds(
        FittedModel known, Workload[] own, Objective objective, RowGram gram, double[] mode, FitOptions options)
    {
        var start = objective.Linearise(mode);
        gram.Renew(start);
        return new(
            [.. known.Rows.Select(row => row.Keys).Concat(own.Select(workload => workload.Keys)).Select(SetupScatter.Setup)],
            options, objective, start[..known.Rows.Count], gram);
    }

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
