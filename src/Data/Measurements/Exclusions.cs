using SlmPlanner.Data.Csv;

namespace SlmPlanner.Data.Measurements;

/// <summary>Reads a list of rows that must not be fitted (columns <c>id, reason</c>): those whose own source doubts them.</summary>
public static class Exclusions
{
    /// <summary>Reasons by id; empty when the file does not exist.</summary>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!File.Exists(path))
            return reasons;
        using var rows = CsvRows.Open(path);
        int id = rows.Required("id"), reason = rows.Required("reason");
        while (rows.Next())
            reasons[rows.Text(id)] = rows.Text(reason);
        return reasons;
    }
}
