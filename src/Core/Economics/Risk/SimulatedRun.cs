namespace SlmPlanner.Core.Economics.Risk;

/// <summary>One way a run may go.</summary>
/// <param name="WallSeconds">From the order of machines to the last step.</param>
/// <param name="BilledSeconds">Time on the bill, before rounding to the provider's units.</param>
/// <param name="CostUsd">The bill.</param>
/// <param name="Stops">Failures and interruptions.</param>
public readonly record struct SimulatedRun(double WallSeconds, double BilledSeconds, double CostUsd, long Stops);
