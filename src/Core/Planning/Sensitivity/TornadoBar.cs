namespace SlmPlanner.Core.Planning.Sensitivity;

/// <summary>The recommendation's expected cost when one thing is other than assumed.</summary>
/// <param name="Factor">Kebab-case: <c>price</c>, <c>mfu</c>, <c>tokens</c>, <c>stops</c>, <c>start-up</c>, <c>checkpoint-rate</c>.</param>
/// <param name="LowMultiple">The factor's multiple that makes the run cheaper.</param>
/// <param name="HighMultiple">The factor's multiple that makes the run dearer.</param>
/// <param name="CostUsdLow">Cost at the former.</param>
/// <param name="CostUsdHigh">Cost at the latter.</param>
/// <param name="BreakEvenMultiple">The multiple at which the runner-up costs the same; null when none does, or none is given.</param>
public sealed record TornadoBar(
    string Factor, double LowMultiple, double HighMultiple, double CostUsdLow, double CostUsdHigh, double? BreakEvenMultiple)
{
    /// <summary>Length of the bar, USD.</summary>
    public double SwingUsd => CostUsdHigh - CostUsdLow;
}
