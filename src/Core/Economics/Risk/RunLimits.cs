using SlmPlanner.Core.Economics.Cost;

namespace SlmPlanner.Core.Economics.Risk;

/// <summary>What a run may cost and take, and how surely.</summary>
/// <param name="BudgetUsd">Most USD; null for no limit.</param>
/// <param name="DeadlineHours">Most hours; null for no limit.</param>
/// <param name="Confidence">Probability with which both are kept, 0.5 to 0.99.</param>
public sealed record RunLimits(double? BudgetUsd, double? DeadlineHours, double Confidence)
{
    /// <summary>True when an estimate at the confidence asked stays within both.</summary>
    public bool Keeps(in RunEstimate estimate) =>
        !(estimate.CostUsd > BudgetUsd) && !(estimate.Hours > DeadlineHours) && double.IsFinite(estimate.WallSeconds);
}
