using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Fitting;

/// <summary>A fit with what it left out and what a reader should know of it.</summary>
/// <param name="Model">The fit.</param>
/// <param name="Workloads">The rows fitted.</param>
/// <param name="Rejected">The rows not fitted, with reasons.</param>
/// <param name="Findings">Diagnostics.</param>
public sealed record FitReport(FittedModel Model, IReadOnlyList<Workload> Workloads, IReadOnlyList<RejectedRow> Rejected, IReadOnlyList<Finding> Findings);
