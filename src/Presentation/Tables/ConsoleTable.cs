using Spectre.Console;

namespace SlmPlanner.Presentation.Tables;

/// <summary>A <see cref="ReportTable"/> on the console.</summary>
internal static class ConsoleTable
{
    private const int SpaceBetweenColumns = 3;

    /// <summary>Writes the title and the table; nothing when the table has no rows.</summary>
    public static void Write(IAnsiConsole console, ReportTable table)
    {
        if (table.Rows.Count == 0)
            return;
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]{table.Title}[/]");
        console.Write(Build(table, Shown(table, console.Profile.Width)));
    }

    /// <summary>The columns that fit: all, less optional ones from the right while the table is too wide.</summary>
    private static List<int> Shown(ReportTable table, int width)
    {
        var shown = Enumerable.Range(0, table.Columns.Count).ToList();
        while (shown.Sum(column => Width(table, column)) > width
            && shown.FindLastIndex(column => table.Columns[column].IsOptional) is var last and >= 0)
            shown.RemoveAt(last);
        return shown;
    }

    private static int Width(ReportTable table, int column) =>
        table.Rows.Select(row => row[column].Length).Append(table.Columns[column].Header.Length).Max() + SpaceBetweenColumns;

    private static Table Build(ReportTable table, List<int> shown)
    {
        var grid = new Table().Border(TableBorder.Simple).BorderColor(Color.Grey);
        foreach (var column in shown.Select(index => table.Columns[index]))
        {
            var head = new Spectre.Console.TableColumn(new Text(column.Header));
            grid.AddColumn(column.IsNumber ? head.RightAligned() : head);
        }
        foreach (var row in table.Rows)
            grid.AddRow(shown.Select(index => new Text(row[index])));
        return grid;
    }
}
