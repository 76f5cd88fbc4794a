namespace SlmPlanner.Core.Calibration;

/// <summary>Climbs to the mode of the posterior with <see cref="PosteriorStep"/> and adaptive damping.</summary>
internal static class PosteriorSearch
{
    private const double FirstDamping = 0.01, LeastDamping = 1e-6, Softer = 5, Harder = 4, LongestMove = 0.7;
    private const int Attempts = 8;

    /// <summary>The parameters at the mode reached from a start, the objective there, and whether it converged.</summary>
    public static (double[] Parameters, double Value, bool Converged) Run(
        Objective objective, double[] start, IReadOnlyList<double> means, IReadOnlyList<double> deviations, FitOptions options)
    {
        var parameters = (double[])start.Clone();
        var value = objective.Value(parameters);
        var damping = FirstDamping;
        for (var iteration = 0; iteration < options.Iterations; iteration++)
        {
            var rows = objective.Linearise(parameters);
            var weights = rows.Select(objective.Weight).ToArray();
            var offsets = parameters.Select((parameter, index) => parameter - means[index]).ToArray();
            double[]? moved = null;
            var reached = value;
            for (var attempt = 0; attempt < Attempts && moved is null; attempt++)
            {
                var step = PosteriorStep.Of(rows, weights, offsets, deviations, damping);
                var trial = parameters.Select((parameter, index) => parameter + Math.Clamp(step[index], -LongestMove, LongestMove)).ToArray();
                reached = objective.Value(trial);
                if (reached < value)
                    moved = trial;
                else
                    damping *= Harder;
            }
            if (moved is null)
                return (parameters, value, true);
            var gain = value - reached;
            (parameters, value) = (moved, reached);
            damping = Math.Max(damping / Softer, LeastDamping);
            if (gain < options.Tolerance)
                return (parameters, value, true);
        }
        return (parameters, value, false);
    }
}
