using Spectre.Console;

namespace SlmPlanner.Presentation.Tables;

/// <summary>A <see cref="ReportTable"/> on the console.</summary>
public static class ConsoleTable
{
    /// <summary>Writes the title and the table; nothing when the table has no rows.</summary>
    public static void Write(IAnsiConsole console, ReportTable table)
    {
        if (table.Rows.Count == 0)
            return;
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]{table.Title}[/]");
        console.Write(Build(table));
    }

    private static Table Build(ReportTable table)
    {
        var grid = new Table().Border(TableBorder.Simple).BorderColor(Color.Grey);
        foreach (var column in table.Columns)
        {
            var head = new Spectre.Console.TableColumn(new Text(column.Header));
            grid.AddColumn(column.IsNumber ? head.RightAligned() : head);
        }
        foreach (var row in table.Rows)
            grid.AddRow(row.Select(cell => new Text(cell)));
        return grid;
    }
}
