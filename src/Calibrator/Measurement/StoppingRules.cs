using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Measurement;

/// <summary>When a burst is warm, when it is measured well enough, and when its time is up. All defaults are here.</summary>
/// <param name="LeastWarmupSteps">Warm-up steps at least.</param>
/// <param name="MostWarmupSteps">Warm-up steps at most.</param>
/// <param name="SteadyTolerance">Warm when two successive steps differ by less than this share.</param>
/// <param name="LeastSteps">Measured steps at least, time permitting.</param>
/// <param name="MostSteps">Measured steps at most.</param>
/// <param name="TightInterval">Enough when the median's 95 % interval is narrower than ± this share.</param>
/// <param name="BudgetSeconds">Steps of all stages take no longer than this, except the first <see cref="FewestSteps"/> measured
/// ones.</param>
internal sealed record StoppingRules(
    int LeastWarmupSteps, int MostWarmupSteps, double SteadyTolerance,
    int LeastSteps, int MostSteps, double TightInterval, double BudgetSeconds)
{
    /// <summary>Measured steps that even a spent budget buys: one alone says nothing about its spread.</summary>
    public const int FewestSteps = 5;

    /// <summary>Exactly the steps that a spec asks for.</summary>
    public static StoppingRules Fixed(int warmup, int steps) => new(warmup, warmup, 0, steps, steps, 0, double.PositiveInfinity);

    /// <summary>As few steps as give a tight median within a budget.</summary>
    public static StoppingRules Adaptive(double budgetSeconds) => new(1, 6, 0.05, 6, 60, 0.015, budgetSeconds);

    /// <summary>True when the next step may be measured.</summary>
    /// <param name="stepSeconds">The steps so far.</param>
    public bool IsWarm(IReadOnlyList<double> stepSeconds)
    {
        var n = stepSeconds.Count;
        if (n < LeastWarmupSteps)
            return false;
        if (n >= MostWarmupSteps || 2 * stepSeconds.Sum() > BudgetSeconds)
            return true;
        return n >= 2 && Math.Abs(stepSeconds[^1] / stepSeconds[^2] - 1) < SteadyTolerance;
    }

    /// <summary>True when no further step is needed or affordable.</summary>
    /// <param name="measuredSeconds">The measured steps so far.</param>
    /// <param name="spentSeconds">Time of all steps so far, warm-up included.</param>
    public bool IsEnough(IReadOnlyList<double> measuredSeconds, double spentSeconds)
    {
        var n = measuredSeconds.Count;
        if (n < Math.Min(FewestSteps, MostSteps))
            return false;
        if (n >= MostSteps || spentSeconds + measuredSeconds[^1] > BudgetSeconds)
            return true;
        return n >= LeastSteps && MedianInterval.Of(measuredSeconds) is { Covers: true } interval
            && interval.RelativeHalfWidth < TightInterval;
    }
}
