using SlmPlanner.Core.Economics.Cost;

namespace SlmPlanner.Core.Economics.Risk;

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
