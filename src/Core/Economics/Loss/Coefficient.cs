namespace SlmPlanner.Core.Economics.Loss;

/// <summary>A fitted constant with the standard error its publisher states.</summary>
/// <param name="Value">The constant.</param>
/// <param name="StandardError">Its standard error, ≥ 0; null when none was published.</param>
public sealed record Coefficient(double Value, double? StandardError = null);
