namespace SlmPlanner.Core.Fitting;

/// <summary>
/// Climbs to the mode of the posterior with <see cref="PosteriorStep"/> and adaptive damping. It has converged where the gradient is small
/// in the metric of the curvature, which is what a full step would still gain (the Newton decrement; Boyd and Vandenberghe 2004, section
/// 9.5). A search whose steps all fail is stuck, and says so.
/// </summary>
internal static class PosteriorSearch
{
    private const double FirstDamping = 0.01, LeastDamping = 1e-6, Softer = 5, Harder = 4, LongestMove = 0.7;
    private const int Attempts = 16;

    /// <summary>
    /// The parameters at the mode reached from a start, the rows linearised there, the objective, and whether it converged.
    /// </summary>
    /// <param name="objective">What is minimised.</param>
    /// <param name="start">Parameters to start from.</param>
    /// <param name="deviations">Prior standard deviations.</param>
    /// <param name="options">Tolerance, most steps.</param>
    /// <param name="gram">Covariances of the rows by the prior from a search before this one; null for none.</param>
    public static SearchEnd Run(
        Objective objective, double[] start, IReadOnlyList<double> deviations, FitOptions options, RowGram? gram = null)
    {
        gram ??= new(deviations);
        var parameters = (double[])start.Clone();
        var damping = FirstDamping;
        for (var iteration = 0; ; iteration++)
        {
            var place = new SearchPlace(objective, parameters, deviations, gram);
            var step = place.Step(damping);
            var converged = place.IsMode(options.Tolerance, step, damping);
            var moved = converged || iteration == options.Iterations ? null : Move(objective, place, step, ref damping);
            if (moved is null)
                return new(parameters, place.Rows, objective.NormalisedValue(parameters, place.Rows), converged);
            (parameters, damping) = (moved, Math.Max(damping / Softer, LeastDamping));
        }
    }

    /// <summary>Better parameters; null when no step of any damping improves.</summary>
    private static double[]? Move(Objective objective, SearchPlace place, double[] step, ref double damping)
    {
        double[] variances = [.. place.Rows.Select(objective.Variance)];
        var value = objective.Value(place.Parameters, variances);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (attempt > 0)
                step = place.Step(damping);
            double[] trial = [.. place.Parameters.Zip(step, (value, change) => value + Math.Clamp(change, -LongestMove, LongestMove))];
            if (objective.Value(trial, variances) < value)
                return trial;
            damping *= Harder;
        }
        return null;
    }
}

/// <summary>Where a search ended.</summary>
/// <param name="Parameters">The parameters.</param>
/// <param name="Rows">The rows linearised there.</param>
/// <param name="Value">The objective there.</param>
/// <param name="Converged">Whether the gradient is small.</param>
internal sealed record SearchEnd(double[] Parameters, LinearObservation[] Rows, double Value, bool Converged);
