using SlmPlanner.Data.Measurements;

namespace SlmPlanner.Tests.Measurements;

public sealed class RowsDocumentTests
{
    private static readonly string[] Lines =
        [.. File.ReadAllLines(Path.Combine(Repository.Root, "docs", "rows.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))];

    [Fact]
    public void The_documented_columns_are_those_that_are_read() =>
        Assert.Equal(MeasurementColumns.Names, Lines.Select(line => line.Split('`')[1]));

    [Fact]
    public void The_columns_called_needed_are_those_without_which_a_file_is_refused() =>
        Assert.Equal(MeasurementColumns.Needed, Lines.Where(line => line.Contains("; needed |", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1]));

    [Fact]
    public void The_shipped_rows_have_no_column_that_is_not_read()
    {
        var header = File.ReadLines(Path.Combine(Repository.Profiles, "validation", "measured.csv")).First();
        Assert.Empty(header.Split(',').Except(MeasurementColumns.Names));
    }
}
