using System.Text;

namespace SlmPlanner.Presentation.Tables;

/// <summary>A <see cref="ReportTable"/> in GitHub-flavoured Markdown.</summary>
internal static class MarkdownTable
{
    /// <summary>Appends the title as a second-level heading and the table; nothing when the table has no rows.</summary>
    public static void Append(StringBuilder text, ReportTable table)
    {
        if (table.Rows.Count == 0)
            return;
        text.Append("\n## ").Append(Escape(table.Title)).Append("\n\n");
        AppendRow(text, table.Columns.Select(column => Escape(column.Header)));
        AppendRow(text, table.Columns.Select(column => column.IsNumber ? "---:" : "---"));
        foreach (var row in table.Rows)
            AppendRow(text, row.Select(Escape));
    }

    /// <summary>Plain text with Markdown's own characters made harmless.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text.ReplaceLineEndings(" "))
        {
            if (character is '\\' or '|' or '*' or '_' or '`' or '<' or '>' or '[' or ']' or '#')
                escaped.Append('\\');
            escaped.Append(character);
        }
        return escaped.ToString();
    }

    private static void AppendRow(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
