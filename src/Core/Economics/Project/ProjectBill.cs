using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Economics.Project;

/// <summary>What the whole project is expected to cost, and what it does not exceed with the probability asked.</summary>
/// <param name="Parts">The parts, the final run first.</param>
/// <param name="ExpectedUsd">Their sum.</param>
/// <param name="MedianUsd">What is not exceeded in half of the draws.</param>
/// <param name="QuantileUsd">What is not exceeded with <paramref name="Probability"/>.</param>
/// <param name="Probability">That probability.</param>
/// <param name="BudgetUsd">The project's budget; null without one.</param>
/// <param name="FinalRunBudgetUsd">What the budget leaves for the final run; null without a budget.</param>
public sealed record ProjectBill(
    IReadOnlyList<ProjectPart> Parts, double ExpectedUsd, double MedianUsd, double QuantileUsd, double Probability,
    double? BudgetUsd, double? FinalRunBudgetUsd)
{
    /// <summary>What must be kept in hand beyond what is expected.</summary>
    [JsonPropertyName("contingency_usd")] public double ContingencyUsd => Math.Max(0, QuantileUsd - ExpectedUsd);
}

/// <summary>One part of a bill.</summary>
/// <param name="Part">Kebab-case key: <c>final-run</c>, <c>ablations</c>, <c>seeds</c>, <c>trials</c>, <c>failed-runs</c>,
/// <c>evaluation</c>, <c>data</c>, <c>storage</c>, <c>waiting</c>.</param>
/// <param name="ExpectedUsd">Expected, USD.</param>
/// <param name="LowUsd">Not undercut in nine of ten draws.</param>
/// <param name="HighUsd">Not exceeded in nine of ten.</param>
/// <param name="Assumed">True where the user did not say it.</param>
/// <param name="Verified">False where it rests on a number that is only remembered or assumed.</param>
/// <param name="Source">Where a number that was not said comes from; empty otherwise.</param>
public sealed record ProjectPart(string Part, double ExpectedUsd, double LowUsd, double HighUsd, bool Assumed, bool Verified,
    string Source);
