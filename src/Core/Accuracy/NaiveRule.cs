using MathNet.Numerics.Statistics;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Accuracy;

/// <summary>
/// The rule of thumb that predictions must beat: 6·N operations per token at one share of peak (MFU), fitted as the median over the
/// training rows.
/// </summary>
/// <param name="Mfu">The share.</param>
internal readonly record struct NaiveRule(double Mfu)
{
    private const double OperationsPerParameter = 6;

    /// <summary>Fits the share.</summary>
    public static NaiveRule Of(IEnumerable<Workload> training) =>
        new(training.Select(workload => workload.Observation.TokensPerSecondPerGpu!.Value / AtPeak(workload)).Median());

    /// <summary>Tokens per second and device.</summary>
    public double Predict(Workload workload) => Mfu * AtPeak(workload);

    private static double AtPeak(Workload workload) => workload.PeakFlops / (OperationsPerParameter * workload.Costs.Parameters);
}
