namespace SlmPlanner.Core.Calibration;

/// <summary>A row of a measurements file: a record, or the reason why it is none. Rows keep their place.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line on which it starts, from 1.</param>
/// <param name="Id">Its name; may be empty where the row has none.</param>
/// <param name="Record">The record, or null.</param>
/// <param name="Problem">Why there is no record, or null.</param>
public sealed record MeasurementRow(string File, int Line, string Id, MeasurementRecord? Record, string? Problem);

/// <summary>A row that is not fitted, and why.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Reason">One sentence.</param>
public sealed record RejectedRow(string Id, string Reason);
