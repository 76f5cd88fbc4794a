namespace SlmPlanner.Core.Measurements;

/// <summary>A row of a measurements file: an observation, or the reason why it is none. Rows keep their place.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line on which it starts, from 1.</param>
/// <param name="Name">Its name; may be empty where the row has none.</param>
/// <param name="Observation">The observation, or null.</param>
/// <param name="Problem">Why there is none, or null.</param>
public sealed record MeasurementRow(string File, int Line, string Name, Observation? Observation, string? Problem);

/// <summary>A row that is not fitted, and why.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Reason">One sentence.</param>
public sealed record RejectedRow(string Id, string Reason);
