using SlmPlanner.Core.Economics.Energy;
using SlmPlanner.Core.Planning.Forecasts;

namespace SlmPlanner.Core.Planning.Results;

/// <summary>What a budget holder asks of a recommendation besides its cost: how sure, what if, and how much energy.</summary>
/// <param name="Risk">Finish time and cost as distributions.</param>
/// <param name="BreakEvens">What other devices would have to cost to win, the smallest change first.</param>
/// <param name="Tornado">Which assumption the cost hangs on most, the longest bar first.</param>
/// <param name="Energy">Energy and carbon; null where the device's power is not known.</param>
public sealed record Forecast(
    RiskBand Risk,
    IReadOnlyList<BreakEven> BreakEvens,
    IReadOnlyList<TornadoBar> Tornado,
    EnergyEstimate? Energy);

/// <summary>What another candidate would have to cost per hour to be as cheap as the recommendation.</summary>
/// <param name="Gpu">Its device.</param>
/// <param name="Gpus">Its number of devices.</param>
/// <param name="Provider">Its provider.</param>
/// <param name="UsdPerGpuHour">Its price per device and hour.</param>
/// <param name="BreakEvenUsdPerGpuHour">The price at which the two runs cost the same.</param>
/// <param name="Change">Break-even over price, minus one: −0.2 is 20 % cheaper.</param>
/// <param name="KeepsDeadline">False when it would miss the deadline at any price.</param>
public sealed record BreakEven(
    string Gpu, int Gpus, string Provider, double UsdPerGpuHour, double BreakEvenUsdPerGpuHour, double Change, bool KeepsDeadline);

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
