using SlmPlanner.Presentation.Tables;

namespace SlmPlanner.Presentation.Pages;

/// <summary>A <see cref="ReportTable"/> in HTML: headed, scrollable by keyboard, one card per row on a phone.</summary>
public static class HtmlTable
{
    /// <summary>The table with its title as caption; nothing when it has no rows.</summary>
    public static Html Render(ReportTable table)
    {
        if (table.Rows.Count == 0)
            return default;
        var kind = Html.Trusted(table.Columns.Count > 3 ? "cards" : "facts");
        return Html.Of($"""
            <div class="scroll" role="region" tabindex="0" aria-label="{table.Title}">
            <table class="{kind}">
            <caption>{table.Title}</caption>
            <thead><tr>{table.Columns.Select(Head)}</tr></thead>
            <tbody>
            {table.Rows.Select(row => Row(table.Columns, row))}</tbody>
            </table>
            </div>

            """);
    }

    private static Html Head(TableColumn column) => Html.Of($"<th scope=\"col\"{Align(column)}>{column.Header}</th>");

    private static Html Row(IReadOnlyList<TableColumn> columns, IReadOnlyList<string> cells) =>
        Html.Of($"<tr>{cells.Select((cell, index) => Cell(columns[index], cell, isFirst: index == 0))}</tr>\n");

    private static Html Cell(TableColumn column, string text, bool isFirst) => isFirst
        ? Html.Of($"<th scope=\"row\"{Align(column)}>{text}</th>")
        : Html.Of($"<td data-label=\"{column.Header}\"{Align(column)}>{text}</td>");

    private static Html Align(TableColumn column) => Html.Trusted(column.IsNumber ? " class=\"number\"" : "");
}
