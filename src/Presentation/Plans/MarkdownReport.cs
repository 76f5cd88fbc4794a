using System.Text;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Plans.Charts;
using SlmPlanner.Presentation.Plans.Tables;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Plans;

/// <summary>A plan in Markdown, to paste into a wiki or an issue.</summary>
internal static class MarkdownReport
{
    public static string Write(PlanResult result)
    {
        var text = new StringBuilder("# Training plan\n\n");
        text.Append("**").Append(MarkdownTable.Escape(PlanText.Answer(result))).Append("**\n\n");
        AppendList(text, PlanText.Why(result).Concat((result.MeasureFirst?.Findings ?? []).Select(FindingWords.Of)));
        text.Append('\n').Append(MarkdownTable.Escape(PlanText.Asked(result.Request))).Append('\n');
        foreach (var table in ReportTables.Of(result, isDocument: true))
            MarkdownTable.Append(text, table);
        AppendConclusions(text, PlanCharts.Of(result));
        text.Append("\n## What it rests on\n\n");
        AppendList(text, PlanText.Rests(result.Provenance).Concat(result.Provenance.Assumptions.Select(AssumptionWords.Of)));
        return text.ToString();
    }

    private static void AppendConclusions(StringBuilder text, IReadOnlyList<Chart> charts)
    {
        if (charts.Count == 0)
            return;
        text.Append("\n## What the charts say\n\n");
        AppendList(text, charts.Select(chart => $"{chart.Title}: {chart.Caption}"));
    }

    private static void AppendList(StringBuilder text, IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences)
            text.Append("- ").Append(MarkdownTable.Escape(sentence)).Append('\n');
    }
}
