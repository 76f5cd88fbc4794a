using System.Text.Json.Serialization;
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

/// <summary>Finish time and cost of the recommendation as distributions, by Monte Carlo.</summary>
public sealed record RiskBand
{
    /// <summary>Seed of the draws.</summary>
    public required int Seed { get; init; }

    /// <summary>Number of draws.</summary>
    public required int Draws { get; init; }

    /// <summary>Expected hours.</summary>
    public required double HoursExpected { get; init; }

    /// <summary>Hours not exceeded in half of the draws.</summary>
    [JsonPropertyName("hours_p50")] public required double HoursMedian { get; init; }

    /// <summary>Hours not exceeded in nine of ten draws.</summary>
    [JsonPropertyName("hours_p90")] public required double HoursNinety { get; init; }

    /// <summary>Expected cost.</summary>
    public required double CostUsdExpected { get; init; }

    /// <summary>Cost not exceeded in half of the draws.</summary>
    [JsonPropertyName("cost_usd_p50")] public required double CostUsdMedian { get; init; }

    /// <summary>Cost not exceeded in nine of ten draws.</summary>
    [JsonPropertyName("cost_usd_p90")] public required double CostUsdNinety { get; init; }

    /// <summary>Cost at 2.5 %, 5 %, …, 97.5 % of the draws, for a chart.</summary>
    public required IReadOnlyList<double> CostUsdQuantiles { get; init; }

    /// <summary>Share of draws within the budget; null without one.</summary>
    public required double? ProbabilityWithinBudget { get; init; }

    /// <summary>Share of draws within the deadline; null without one.</summary>
    public required double? ProbabilityWithinDeadline { get; init; }

    /// <summary>Expected failures and interruptions.</summary>
    public required double StopsExpected { get; init; }

    /// <summary>Training time between checkpoints (Daly), seconds.</summary>
    [JsonPropertyName("checkpoint_interval_s")] public required double CheckpointIntervalSeconds { get; init; }

    /// <summary>Share of the wall time that is not training, 0..1.</summary>
    public required double OverheadShare { get; init; }
}
