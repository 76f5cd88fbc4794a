using SlmPlanner.Core;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Data.Csv;

namespace SlmPlanner.Data.Measurements;

/// <summary>
/// Reads files with the columns of <c>measured.csv</c> (docs/rows.md). A bad field rejects its row alone, with the reason.
/// </summary>
public static class MeasurementCsv
{
    /// <summary>All rows in the order of the file.</summary>
    /// <exception cref="InputException">The file is missing, is no CSV or lacks a column.</exception>
    public static IReadOnlyList<MeasurementRow> Read(string path)
    {
        using var rows = CsvRows.Open(path);
        var columns = new MeasurementColumns(rows);
        var read = new List<MeasurementRow>();
        while (rows.Next())
            read.Add(Row(rows, columns));
        return read;
    }

    private static MeasurementRow Row(CsvRows rows, MeasurementColumns columns)
    {
        var name = rows.Text(columns["id"]);
        try
        {
            rows.RequireWholeRow();
            return new(rows.Name, rows.Line, name, new MeasurementFields(rows, columns).Observation(name), null);
        }
        catch (InputException exception)
        {
            return new(rows.Name, rows.Line, name, null, exception.Message);
        }
    }
}
