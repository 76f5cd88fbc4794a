using SlmPlanner.Core;
using SlmPlanner.Core.Measurements;

namespace SlmPlanner.Data.Measurements;

/// <summary>Files of measured rows: observations where the name ends in <c>.jsonl</c>, else CSV with the columns of measured.csv.</summary>
public static class MeasurementFile
{
    /// <summary>All rows in the order of the file.</summary>
    /// <exception cref="InputException">The file is missing, is neither or lacks a column.</exception>
    public static IReadOnlyList<MeasurementRow> Read(string path) =>
        path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) ? ObservationLines.Read(path) : MeasurementCsv.Read(path);
}
