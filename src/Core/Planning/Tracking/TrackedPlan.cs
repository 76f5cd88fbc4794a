using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Core.Planning.Tracking;

/// <summary>What a run is held against.</summary>
/// <param name="Plan">The candidate that was chosen.</param>
/// <param name="Others">Others that could be moved to.</param>
/// <param name="BudgetUsd">Budget; null without one.</param>
/// <param name="DeadlineHours">Hours from the start; null without a deadline.</param>
public sealed record TrackedPlan(Candidate Plan, IReadOnlyList<Candidate> Others, double? BudgetUsd, double? DeadlineHours)
{
    /// <summary>Tokens of a step as planned.</summary>
    public double TokensPerStep => Plan.TokensPerStep;

    /// <summary>USD of an hour, storage included.</summary>
    public double UsdPerHour => Plan.UsdPerHour + Plan.StorageUsdPerHour;

    /// <summary>The plan of a result.</summary>
    /// <exception cref="InputException">It recommends nothing.</exception>
    public static TrackedPlan Of(PlanResult result, double? budget, double? deadline)
    {
        var plan = result.Recommendation ?? throw new InputException("the plan recommends nothing, so no run can follow it");
        return new(plan, [.. result.BestPerGpu.Concat(result.BestPerProvider).Concat(result.Alternatives)],
            budget ?? result.Request.BudgetUsd, deadline ?? result.Request.DeadlineHours);
    }
}
