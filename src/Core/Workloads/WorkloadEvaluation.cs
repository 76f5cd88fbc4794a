using SlmPlanner.Core.Time.Terms;

namespace SlmPlanner.Core.Workloads;

/// <summary>Predicted logarithm of seconds per token of a workload, averaged over what its observation leaves open.</summary>
/// <param name="LogSeconds">Mean logarithm of seconds per token and device.</param>
/// <param name="OpenSpread">Standard deviation over what is open; 0 when nothing is.</param>
/// <param name="Gradient">Derivatives with respect to the coefficients' logarithms; empty when not asked for.</param>
internal readonly record struct WorkloadEvaluation(double LogSeconds, double OpenSpread, double[] Gradient)
{
    private const double Step = 1e-4;

    /// <summary>Evaluates a workload.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="logs">The coefficients' logarithms.</param>
    /// <param name="withGradient">Whether to differentiate, by forward differences.</param>
    public static WorkloadEvaluation Of(Workload workload, ReadOnlySpan<double> logs, bool withGradient)
    {
        Span<double> coefficients = stackalloc double[StepTimeEquation.CoefficientCount];
        for (var index = 0; index < coefficients.Length; index++)
            coefficients[index] = Math.Exp(logs[index]);
        var (mean, spread) = Average(workload, coefficients);
        if (!withGradient)
            return new(mean, spread, []);
        var gradient = new double[coefficients.Length];
        for (var index = 0; index < coefficients.Length; index++)
        {
            var kept = coefficients[index];
            coefficients[index] = kept * Math.Exp(Step);
            gradient[index] = (Average(workload, coefficients).Mean - mean) / Step;
            coefficients[index] = kept;
        }
        return new(mean, spread, gradient);
    }

    private static (double Mean, double Spread) Average(Workload workload, ReadOnlySpan<double> coefficients)
    {
        double sum = 0, squares = 0;
        var setups = workload.Setups;
        for (var index = 0; index < setups.Count; index++)
        {
            var setup = setups[index];
            var seconds = StepTimeEquation.Evaluate(workload.Costs, workload.Rates, workload.Links, setup, coefficients).TotalSeconds;
            var log = Math.Log(seconds / (setup.TokensPerDevice));
            sum += log;
            squares += log * log;
        }
        var mean = sum / setups.Count;
        return (mean, Math.Sqrt(Math.Max(0, squares / setups.Count - mean * mean)));
    }
}
