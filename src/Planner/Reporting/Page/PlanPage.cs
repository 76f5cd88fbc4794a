using SlmPlanner.Core.Planning;
using SlmPlanner.Planner.Reporting.Charts;
using SlmPlanner.Presentation.Html;

namespace SlmPlanner.Planner.Reporting.Page;

/// <summary><c>report.html</c>: the answer, why, what else, how sure, what it rests on, and the engineer's appendix.</summary>
internal static class PlanPage
{
    /// <summary>The whole document.</summary>
    public static string Render(PlanResult result)
    {
        var charts = PlanCharts.Of(result).ToDictionary(chart => chart.Name, HtmlFigure.Render);
        Html Figure(string name) => charts.GetValueOrDefault(name);
        return HtmlPage.Render(PlanText.Answer(result), Html.Of($"""
            {OpeningSection.Render(result)}
            <main>
            {Section("alternatives", "What else you could rent",
                Figure("cost-against-time"), HtmlTable.Render(PlanTables.Alternatives(result)),
                HtmlTable.Render(PlanTables.BestPerProvider(result)))}
            {Section("risk", "How sure the order is",
                Figure("cost-intervals"), HtmlTable.Render(PlanTables.BestPerGpu(result)), BasisSection.Accuracy(result))}
            {Section("value", "What a dollar buys",
                Figure("tokens-per-dollar-by-gpu-count"), Figure("tokens-per-dollar-by-batch"), Figure("loss-against-dollars"))}
            {Section("basis", "What this rests on", BasisSection.Render(result))}
            {Section("rejected", "What was ruled out", HtmlTable.Render(PlanTables.Rejected(result)))}
            {Section("engineers", "For engineers", EngineerSection.Render(result, Figure))}
            </main>
            {ClosingSection.Render(result)}
            """));
    }

    /// <summary>A headed section; nothing when it would be empty.</summary>
    private static Html Section(string id, string title, params Html[] parts)
    {
        var body = Html.Join(parts);
        return body.ToString().Length == 0
            ? default
            : Html.Of($"""
                <section id="{id}">
                <h2>{title}</h2>
                {body}</section>

                """);
    }
}
