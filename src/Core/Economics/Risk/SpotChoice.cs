namespace SlmPlanner.Core.Economics.Risk;

/// <summary>Spot or on demand, and why.</summary>
/// <param name="Spot">True for interruptible machines.</param>
/// <param name="Feasible">True when the choice keeps the limits with the confidence asked.</param>
/// <param name="Reason">One sentence made from the numbers.</param>
public sealed record SpotChoice(bool Spot, bool Feasible, string Reason);
