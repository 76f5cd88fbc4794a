namespace SlmPlanner.Presentation.Tables;

/// <summary>A table as data, so that the console, Markdown and HTML show the same cells.</summary>
/// <param name="Title">What the table holds.</param>
/// <param name="Columns">Its columns, at least one.</param>
/// <param name="Rows">Its rows; each has one cell of plain text per column.</param>
public sealed record ReportTable(string Title, IReadOnlyList<TableColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>Builds a table with one row per item.</summary>
    public static ReportTable Of<T>(string title, IEnumerable<T> items, params IReadOnlyList<TableColumn<T>> columns) =>
        new(title, [.. columns], [.. items.Select(item => (IReadOnlyList<string>)[.. columns.Select(column => column.Cell(item))])]);
}

/// <summary>The head of a column.</summary>
/// <param name="Header">Its name, with the unit where the cells don't carry it.</param>
/// <param name="IsNumber">True to align cells to the right.</param>
/// <param name="IsOptional">True to leave the column out where a console is too narrow.</param>
public record TableColumn(string Header, bool IsNumber = false, bool IsOptional = false);

/// <summary>A column that knows how to make its cell from an item.</summary>
/// <param name="Header">Its name.</param>
/// <param name="Cell">The cell's text for an item.</param>
/// <param name="IsNumber">True to align cells to the right.</param>
/// <param name="IsOptional">True to leave the column out where a console is too narrow.</param>
public sealed record TableColumn<T>(string Header, Func<T, string> Cell, bool IsNumber = false, bool IsOptional = false)
    : TableColumn(Header, IsNumber, IsOptional);
