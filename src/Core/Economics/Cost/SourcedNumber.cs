namespace SlmPlanner.Core.Economics.Cost;

/// <summary>A number with where it comes from.</summary>
/// <param name="Value">The number, in the unit of its key.</param>
/// <param name="Kind"><c>published</c>, <c>documented</c>, <c>derived</c>, <c>recalled</c> (known to the author, page not at hand) or <c>assumed</c>.</param>
/// <param name="Source">The source, or the reason for the assumption.</param>
public sealed record SourcedNumber(double Value, string Kind, string Source);
