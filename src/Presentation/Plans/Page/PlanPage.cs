using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Pages;
using SlmPlanner.Presentation.Plans.Charts;
using SlmPlanner.Presentation.Plans.Tables;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Plans.Page;

/// <summary><c>report.html</c>: the answer, why, what else, how sure, what it rests on, and the engineer's appendix.</summary>
internal static class PlanPage
{
    public static string Render(PlanResult result)
    {
        var charts = PlanCharts.Of(result).ToDictionary(chart => chart.Name, HtmlFigure.Render);
        Html Figure(string name) => charts.GetValueOrDefault(name);
        PageSection[] sections =
        [
            new("alternatives", "Alternatives", "What else you could rent", Html.Join([
                Figure("cost-against-time"), HtmlTable.Render(PlanTables.Alternatives(result)),
                HtmlTable.Render(PlanTables.BestPerProvider(result))])),
            new("risk", "How sure", "How sure the order is", Html.Join([
                Figure("cost-intervals"), HtmlTable.Render(PlanTables.BestPerGpu(result)), BasisSection.Accuracy(result),
                Figure("cost-risk"), Table(result, ForecastTables.Risk)])),
            new("what-if", "What if", "What would change the answer", Html.Join([
                Figure("sensitivity"), Table(result, ForecastTables.Tornado), Table(result, ForecastTables.BreakEven)])),
            new("project", "The whole bill", "What the whole project costs", Html.Join([
                HtmlTable.Render(ProjectTables.Bill(result.Project)), HtmlTable.Render(SpotTables.Policy(result.SpotPolicy))])),
            new("value", "What a dollar buys", "What a dollar buys", Html.Join([
                Figure("tokens-per-dollar-by-gpu-count"), Figure("tokens-per-dollar-by-batch"), Figure("loss-against-dollars")])),
            new("basis", "Basis", "What this rests on", BasisSection.Render(result)),
            new("rejected", "Ruled out", "What was ruled out", HtmlTable.Render(PlanTables.Rejected(result))),
            new("engineers", "For engineers", "For engineers", EngineerSection.Render(result, Figure)),
        ];
        var shown = sections.Where(section => !section.IsEmpty).ToArray();
        return HtmlPage.Render(PlanText.Answer(result), Html.Of($"""
            {OpeningSection.Render(result, shown)}
            <main>
            {shown.Select(section => section.Render())}</main>
            {ClosingSection.Render(result)}
            """));
    }

    /// <summary>A table about the forecast; nothing without one.</summary>
    private static Html Table(PlanResult result, Func<Forecast, ReportTable> table) =>
        result.Forecast is { } forecast ? HtmlTable.Render(table(forecast)) : default;
}
