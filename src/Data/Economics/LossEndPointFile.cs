using System.Globalization;
using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Loss;
using Sylvan.Data.Csv;

namespace SlmPlanner.Data.Economics;

/// <summary>Reads published losses: <c>id, dataset, family, optimizer, parameters, tokens, loss_nats, source</c>.</summary>
public static class LossEndPointFile
{
    /// <summary>Reads <c>validation/loss_endpoints.csv</c> under a profiles folder.</summary>
    /// <exception cref="InputException">A missing file or column, or a number outside its range.</exception>
    public static IReadOnlyList<LossEndPoint> Read(string profiles)
    {
        var path = Path.Combine(profiles, "validation", "loss_endpoints.csv");
        if (!File.Exists(path))
            throw new InputException($"{path}: not found");
        using var reader = CsvDataReader.Create(path);
        var rows = new List<LossEndPoint>();
        while (reader.Read())
            rows.Add(Row(reader, path));
        return rows;
    }

    private static LossEndPoint Row(CsvDataReader reader, string path)
    {
        string Text(string column) =>
            Enumerable.Range(0, reader.FieldCount).FirstOrDefault(index => reader.GetName(index) == column, -1) is >= 0 and var found
                ? reader.GetString(found)
                : throw new InputException($"{path}: column '{column}' is missing");

        double Number(string column, double high) =>
            double.TryParse(Text(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= high
                ? number
                : throw new InputException($"{path}: line {reader.RowNumber + 1}: {column} is '{Text(column)}', allowed above 0 to "
                    + $"{high:g3}");

        return new(
            Text("id"), Text("dataset"), Text("family"), Text("optimizer"),
            new(Number("parameters", 1e13), Number("tokens", 1e15)), Number("loss_nats", 20), Text("source"));
    }
}
