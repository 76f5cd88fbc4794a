using MathNet.Numerics.Distributions;
using SlmPlanner.Core.Economics.Cost;

namespace SlmPlanner.Core.Economics.Risk;

/// <summary>
/// Decides between spot and on demand for the same machines (<c>--spot auto</c>) as the search does: of the ways that keep
/// budget and deadline with the confidence asked, the one expected to cost (or take) less; when neither does, the one
/// expected to be done sooner; on demand if they are equal.
/// </summary>
/// <param name="model">Start-up, checkpoints, failures and interruptions.</param>
internal sealed class SpotRule(RunModel model)
{
    /// <summary>Chooses by the closed form.</summary>
    /// <param name="onDemand">The run at the on-demand price.</param>
    /// <param name="spotUsdPerHour">Interruptible price of the same machines, USD per hour in all.</param>
    /// <param name="logSpread">Standard deviation of the logarithm of the step time.</param>
    /// <param name="limits">Budget and deadline.</param>
    /// <param name="soonest">True to take the sooner instead of the cheaper of two that keep the limits.</param>
    public SpotChoice Choose(in RunDemand onDemand, double spotUsdPerHour, double logSpread, RunLimits limits, bool soonest = false)
    {
        var steady = Way(onDemand with { Spot = false }, logSpread, limits);
        var spot = Way(onDemand with { Spot = true, UsdPerHour = spotUsdPerHour }, logSpread, limits);
        var takeSpot = steady.Kept != spot.Kept ? spot.Kept
            : soonest || !spot.Kept ? spot.Expected.Hours < steady.Expected.Hours
            : spot.Expected.CostUsd < steady.Expected.CostUsd;
        return new(takeSpot, takeSpot ? spot.Kept : steady.Kept, steady, spot);
    }

    private RentalWay Way(in RunDemand run, double logSpread, RunLimits limits)
    {
        var limit = model.AtQuantile(run, logSpread, Normal.InvCDF(0, 1, limits.Confidence));
        return new(model.Expect(run, logSpread), limit, limits.Keeps(limit));
    }
}

/// <summary>Spot or on demand, and the numbers of both.</summary>
/// <param name="Spot">True for interruptible machines.</param>
/// <param name="Feasible">True when the choice keeps the limits with the confidence asked.</param>
/// <param name="OnDemand">The run on demand.</param>
/// <param name="Interruptible">The run on spot machines.</param>
public sealed record SpotChoice(bool Spot, bool Feasible, RentalWay OnDemand, RentalWay Interruptible);

/// <summary>One way to rent.</summary>
/// <param name="Expected">The expected run.</param>
/// <param name="Limit">What is not exceeded with the confidence asked.</param>
/// <param name="Kept">True when the limits are kept with it.</param>
public readonly record struct RentalWay(RunEstimate Expected, RunEstimate Limit, bool Kept);

/// <summary>What a run may cost and take, and how surely.</summary>
/// <param name="BudgetUsd">Most USD; null for no limit.</param>
/// <param name="DeadlineHours">Most hours; null for no limit.</param>
/// <param name="Confidence">Probability with which both are kept, 0.5 to 0.99.</param>
internal sealed record RunLimits(double? BudgetUsd, double? DeadlineHours, double Confidence)
{
    /// <summary>True when an estimate at the confidence asked stays within both.</summary>
    public bool Keeps(in RunEstimate estimate) =>
        !(estimate.CostUsd > BudgetUsd) && !(estimate.Hours > DeadlineHours) && double.IsFinite(estimate.WallSeconds);
}
