using MathNet.Numerics.Distributions;
using SlmPlanner.Core.Planning.Requests;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>Budget and deadline, and the number of standard deviations at which they must hold.</summary>
/// <param name="BudgetUsd">Most to spend; infinite when not limited.</param>
/// <param name="DeadlineHours">Longest to take; infinite when not limited.</param>
/// <param name="Deviations">One-sided standard normal quantile of the confidence.</param>
public readonly record struct Limits(double BudgetUsd, double DeadlineHours, double Deviations)
{
    /// <summary>The limits of a request.</summary>
    public static Limits Of(PlanRequest request) => new(
        request.BudgetUsd ?? double.PositiveInfinity,
        request.DeadlineHours ?? double.PositiveInfinity,
        Normal.InvCDF(0, 1, request.Confidence));
}
