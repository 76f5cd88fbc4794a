using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Core.Training;

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

    /// <summary>Logarithm of seconds per token of each setup that the observation leaves open, in their order.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="logs">The coefficients' logarithms.</param>
    public static double[] Each(Workload workload, ReadOnlySpan<double> logs)
    {
        var coefficients = new double[logs.Length];
        for (var index = 0; index < coefficients.Length; index++)
            coefficients[index] = Math.Exp(logs[index]);
        return [.. workload.Setups.Select(setup => LogSecondsOf(workload, setup, coefficients))];
    }

    private static double LogSecondsOf(Workload workload, in TrainingSetup setup, ReadOnlySpan<double> coefficients) => Math.Log(
        StepTimeEquation.Evaluate(workload.Costs, workload.Rates, workload.Links, setup, coefficients).TotalSeconds
        / setup.TokensPerDevice);

    private static (double Mean, double Spread) Average(Workload workload, ReadOnlySpan<double> coefficients)
    {
        double sum = 0, squares = 0;
        var setups = workload.Setups;
        for (var index = 0; index < setups.Count; index++)
        {
            var log = LogSecondsOf(workload, setups[index], coefficients);
            sum += log;
            squares += log * log;
        }
        var mean = sum / setups.Count;
        return (mean, Math.Sqrt(Math.Max(0, squares / setups.Count - mean * mean)));
    }
}
