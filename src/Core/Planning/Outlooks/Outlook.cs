using SlmPlanner.Core.Economics.Energy;
using SlmPlanner.Core.Planning.Sensitivity;

namespace SlmPlanner.Core.Planning.Outlooks;

/// <summary>What a budget holder asks of a recommendation besides its cost: how sure, what if, and how much energy.</summary>
/// <param name="Risk">Finish time and cost as distributions.</param>
/// <param name="BreakEvens">What other devices would have to cost to win, the smallest change first.</param>
/// <param name="Tornado">Which assumption the cost hangs on most, the longest bar first.</param>
/// <param name="Energy">Energy and carbon; null where the device's power is not known.</param>
public sealed record Outlook(
    RiskBand Risk,
    IReadOnlyList<BreakEven> BreakEvens,
    IReadOnlyList<TornadoBar> Tornado,
    EnergyEstimate? Energy);
