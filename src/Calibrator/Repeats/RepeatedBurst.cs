using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Repeats;

/// <summary>
/// Measurements of one configuration at different moments, put together as one: the mean of the logarithms of their undisturbed steps, each
/// with the weight that its own error leaves it.
/// </summary>
internal static class RepeatedBurst
{
    /// <summary>
    /// Standard deviation by which the moment alone moves a step, whatever its own steps say: two measurements at one pace differ by 7 % on
    /// average (docs/calibration.md), which is √2 · 0.8 of this.
    /// </summary>
    private const double MomentDeviation = 0.06;

    /// <summary>All of them as one. Those that broke count only where all did.</summary>
    /// <param name="measurements">At least one, in order.</param>
    /// <param name="cores">Cores of the machine, ≥ 1.</param>
    public static BurstResult Of(IReadOnlyList<BurstResult> measurements, int cores)
    {
        (BurstResult Burst, StepTimeSummary Step)[] good =
        [
            .. measurements.Where(burst => burst.StepTimeS is not null)
                .Select(burst => (burst, UndisturbedStep.Of(burst, Disturbance.Of(burst, cores)))),
        ];
        if (good.Length == 0)
            return measurements[0];
        double[] weights = [.. good.Select(each => 1 / (Square(each.Step.LogError) + Square(MomentDeviation)))];
        var best = good.MinBy(each => each.Step.LogError);
        var seconds = Math.Exp(Mean(good.Select(each => Math.Log(each.Step.Median)), weights));
        var error = Math.Sqrt(Math.Max(Square(best.Step.LogError) / good.Length, 1 / weights.Sum() - Square(MomentDeviation)));
        return best.Burst with
        {
            StepTimeS = (best.Step with { Median = seconds, Steps = good.Sum(each => each.Step.Steps) }).WithLogError(error),
            TokensPerS = best.Burst.Ranks * best.Burst.Spec.TokensPerStep / seconds,
            ReferenceSeconds = Reference([.. good.Select(each => UndisturbedStep.ReferenceSeconds(each.Burst))], weights),
            PeakMemoryBytes = measurements.Select(burst => burst.PeakMemoryBytes).FirstOrDefault(bytes => bytes is not null),
            BaselineMemoryBytes = measurements.Select(burst => burst.BaselineMemoryBytes).FirstOrDefault(bytes => bytes is not null),
        };
    }

    /// <summary>
    /// The references with the weights of their steps, so that correcting for the pace afterwards corrects each measurement.
    /// </summary>
    private static double? Reference(double?[] seconds, double[] weights) => seconds.All(each => each is not null)
        ? Math.Exp(Mean(seconds.Select(each => Math.Log(each!.Value)), weights))
        : null;

    private static double Mean(IEnumerable<double> values, double[] weights) =>
        values.Zip(weights, (value, weight) => value * weight).Sum() / weights.Sum();

    private static double Square(double x) => x * x;
}
