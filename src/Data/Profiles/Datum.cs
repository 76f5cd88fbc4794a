namespace SlmPlanner.Data.Profiles;

/// <summary>A number with where it comes from; its unit is in the name of the field that holds it.</summary>
/// <param name="Value">The number.</param>
/// <param name="Source">Keys into <c>sources.json</c>, at least one.</param>
/// <param name="Date">The newest date among the sources: their own, or when they were read.</param>
/// <param name="Kind">How well it is known.</param>
public sealed record Datum(double Value, IReadOnlyList<string> Source, DateOnly Date, DatumKind Kind);
