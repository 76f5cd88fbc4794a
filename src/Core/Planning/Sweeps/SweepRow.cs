using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Core.Planning.Sweeps;

/// <summary>The best candidate at one point of a sweep.</summary>
/// <param name="Steps">The value of each axis.</param>
/// <param name="Best">The recommendation, or the best limits aside; null when nothing fits or the request is invalid there.</param>
/// <param name="Feasible">True when it keeps the limits.</param>
/// <param name="Note">Why there is none, or why it is not feasible; empty otherwise.</param>
public sealed record SweepRow(IReadOnlyList<SweepStep> Steps, Candidate? Best, bool Feasible, string Note);
