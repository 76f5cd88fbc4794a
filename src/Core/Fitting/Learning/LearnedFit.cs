using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Fitting.Learning;

/// <summary>
/// A fit with runs learned after it was made. The search that found its mode goes on from there over its rows and the learned ones, so that a
/// run moves everything that it shares with others: its set-up, its stack, its device, the population, each by how sure it was. First the rows
/// of the fit are followed by their tangents, which costs little and leads nearly there; the last steps evaluate them anew. The end is that of
/// fitting all rows together, and the same rows give the same fit.
/// </summary>
public static class LearnedFit
{
    /// <summary>What a further step may still gain: a seventieth of a standard deviation, since one run may be all that is learned.</summary>
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
        var exact = known.Rows.Select(row => rows?.GetValueOrDefault(row.Id) is { } workload
                ? new MeasuredWorkload(workload, table.Members(row.Keys)) : null)
            .Concat(own.Select(workload => new MeasuredWorkload(workload, table.Members(workload.Keys)))).ToArray();
        var (end, weights) = Search(known, table, exact, options with { Tolerance = Tolerance, Iterations = MostSteps });
        return Model(known, own, table, end, weights);
    }

    private static (SearchEnd End, double[] Weights) Search(
        FittedModel known, ParameterTable table, MeasuredWorkload?[] exact, FitOptions options)
    {
        double[] at = [.. table.Parameters.Select((parameter, index) => known.Find(parameter) ?? table.Means[index])];
        IMeasuredTime[] tangents =
        [
            .. known.Rows.Select(row => LinearRow.Of(row, table.Members(row.Keys), at, options)),
            .. exact.Skip(known.Rows.Count).Select(row => row!),
        ];
        IMeasuredTime[] rows = [.. exact.Zip(tangents, (row, tangent) => row ?? tangent)];
        at = PosteriorSearch.Run(new(tangents, table.Means, table.Deviations, options), at, table.Deviations, options).Parameters;
        var objective = new Objective(rows, table.Means, table.Deviations, options);
        var end = PosteriorSearch.Run(objective, at, table.Deviations, options);
        return (end, [.. end.Rows.Select(objective.Weight)]);
    }

    private static FittedModel Model(
        FittedModel known, Workload[] own, ParameterTable table, SearchEnd end, double[] weights)
    {
        var count = known.Rows.Count;
        return new(
            [.. table.Parameters.Select((parameter, index) =>
                new FittedParameter(parameter.Coefficient, parameter.Level, parameter.Key, end.Parameters[index]))],
            [
                .. known.Rows.Select((row, index) => row with
                {
                    Gradient = Gradient(end.Rows[index], table.Members(row.Keys)),
                    Precision = weights[index],
                    Residual = end.Rows[index].Residual,
                }),
                .. own.Select((workload, index) => new FittedRow(
                    workload.Observation.Name, workload.Keys, Gradient(end.Rows[count + index], table.Members(workload.Keys)), weights[count + index],
                    end.Rows[count + index].Residual, workload.Mfu)),
            ],
            known.Scales,
            known.Converged && end.Converged)
        {
            Own = new([.. known.Own.Rows, .. own.Select(workload => workload.Keys)]),
        };
    }

    /// <summary>The derivative of a row with respect to each coefficient: the slope of the first of its parameters, since they add up.</summary>
    private static double[] Gradient(LinearObservation row, int[][] members)
    {
        var gradient = new double[members.Length];
        for (int index = 0, entry = 0; index < members.Length; entry += members[index++].Length)
            gradient[index] = row.Slopes[entry];
        return gradient;
    }
}
