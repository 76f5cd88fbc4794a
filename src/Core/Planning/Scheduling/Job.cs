namespace SlmPlanner.Core.Planning.Scheduling;

/// <summary>A training run that waits for machines.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Value">What finishing it is worth, in whole points ≥ 1, against the other jobs.</param>
/// <param name="Modes">The ways to run it; empty when it fits no number of devices.</param>
public sealed record Job(string Name, int Value, IReadOnlyList<JobMode> Modes);
