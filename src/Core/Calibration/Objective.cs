using SlmPlanner.Core.Time;

namespace SlmPlanner.Core.Calibration;

/// <summary>
/// Negative logarithm of the posterior, up to a constant: Student t residuals of log time about the step-time equation,
/// normal priors on the parameters.
/// </summary>
internal sealed class Objective(IReadOnlyList<Observation> observations, ParameterTable table, FitOptions options)
{
    /// <summary>Share of the open spread that counts as noise: a source's open fields are mostly the same in all its rows.</summary>
    private const double OpenShare = 0.5;

    /// <summary>The value at some parameters.</summary>
    public double Value(double[] parameters)
    {
        var sum = 0.0;
        foreach (var observation in observations)
        {
            var evaluation = WorkloadEvaluation.Of(observation.Workload, Logs(observation.Members, parameters), withGradient: false);
            var residual = observation.Workload.LogSecondsPerToken - evaluation.LogSeconds;
            sum += (options.Freedom + 1) / 2 * Math.Log(1 + residual * residual / (Variance(evaluation.OpenSpread, observation.Workload.MeasuredSpread) * options.Freedom));
        }
        for (var index = 0; index < parameters.Length; index++)
            sum += Square((parameters[index] - table.Means[index]) / table.Deviations[index]) / 2;
        return sum;
    }

    /// <summary>All observations linearised.</summary>
    public LinearObservation[] Linearise(double[] parameters) => [.. observations.Select(observation =>
    {
        var evaluation = WorkloadEvaluation.Of(observation.Workload, Logs(observation.Members, parameters), withGradient: true);
        return Linear(observation, evaluation);
    })];

    /// <summary>Precision of an observation in the reweighted least-squares problem: the Student weight over the variance.</summary>
    public double Weight(LinearObservation row)
    {
        var variance = Variance(row.OpenSpread, row.MeasuredSpread);
        return (options.Freedom + 1) / (options.Freedom + row.Residual * row.Residual / variance) / variance;
    }

    /// <summary>The coefficients' logarithms of an observation.</summary>
    public static double[] Logs(int[][] members, ReadOnlySpan<double> parameters)
    {
        var logs = new double[members.Length];
        for (var index = 0; index < members.Length; index++)
        {
            logs[index] = Math.Log(CoefficientPriors.All[index].Value);
            foreach (var member in members[index])
                logs[index] += parameters[member];
        }
        return logs;
    }

    private double Variance(double openSpread, double measuredSpread) =>
        Square(options.Noise) + Square(OpenShare * openSpread) + Square(measuredSpread);

    private static LinearObservation Linear(Observation observation, in WorkloadEvaluation evaluation)
    {
        var columns = new List<int>();
        var slopes = new List<double>();
        for (var index = 0; index < observation.Members.Length; index++)
            foreach (var member in observation.Members[index])
            {
                columns.Add(member);
                slopes.Add(evaluation.Gradient[index]);
            }
        return new(observation.Workload.LogSecondsPerToken - evaluation.LogSeconds, evaluation.OpenSpread, observation.Workload.MeasuredSpread, [.. columns], [.. slopes]);
    }

    private static double Square(double value) => value * value;
}
