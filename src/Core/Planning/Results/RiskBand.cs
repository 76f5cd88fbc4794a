using System.Text.Json.Serialization;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Risk;
using SlmPlanner.Core.Planning.Requests;

namespace SlmPlanner.Core.Planning.Results;

/// <summary>
/// Finish time and cost of the recommendation as distributions, by Monte Carlo. Means and quantiles are over the draws that
/// finish; probabilities of keeping a limit are over all.
/// </summary>
public sealed record RiskBand
{
    private const int Quantiles = 39;

    /// <summary>Seed of the draws.</summary>
    public required int Seed { get; init; }

    /// <summary>Number of draws.</summary>
    public required int Draws { get; init; }

    /// <summary>Share of the draws that are stopped so often that they never finish, 0..1; left out where all finish.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double ProbabilityNeverFinishing { get; init; }

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

    /// <summary>The band of a run.</summary>
    /// <param name="drawn">The draws. A run worth recommending is finite at the confidence asked, so some of them finish.</param>
    /// <param name="expected">The expected run.</param>
    /// <param name="request">Budget and deadline.</param>
    /// <param name="seed">Seed of the draws.</param>
    internal static RiskBand Of(RiskEstimate drawn, in RunEstimate expected, PlanRequest request, int seed)
    {
        var (hours, cost) = (Finishing(drawn.Hours), Finishing(drawn.CostUsd));
        return new()
        {
            Seed = seed,
            Draws = drawn.Hours.Count,
            ProbabilityNeverFinishing = drawn.NeverFinishing,
            HoursExpected = hours.Mean,
            HoursMedian = hours.Quantile(0.5),
            HoursNinety = hours.Quantile(0.9),
            CostUsdExpected = cost.Mean,
            CostUsdMedian = cost.Quantile(0.5),
            CostUsdNinety = cost.Quantile(0.9),
            CostUsdQuantiles = [.. Enumerable.Range(1, Quantiles).Select(i => cost.Quantile(i / (Quantiles + 1.0)))],
            ProbabilityWithinBudget = request.BudgetUsd is { } budget ? drawn.CostUsd.ProbabilityWithin(budget) : null,
            ProbabilityWithinDeadline = request.DeadlineHours is { } deadline ? drawn.Hours.ProbabilityWithin(deadline) : null,
            StopsExpected = expected.Stops,
            CheckpointIntervalSeconds = expected.CheckpointIntervalSeconds,
            OverheadShare = expected.OverheadShare,
        };
    }

    private static Distribution Finishing(Distribution drawn) =>
        drawn.Finite() ?? throw new ArgumentException("none of the draws finishes", nameof(drawn));
}
