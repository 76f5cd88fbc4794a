using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Pages;
using SlmPlanner.Presentation.Plans.Charts;
using SlmPlanner.Presentation.Plans.Tables;
using SlmPlanner.Presentation.Probes;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Plans.Page;

/// <summary><c>report.html</c>: a page to sign, four pages of what is asked next, and the appendix.</summary>
internal static class PlanPage
{
    public static string Render(PlanResult result)
    {
        var charts = PlanCharts.Of(result).ToDictionary(chart => chart.Name, HtmlFigure.Render);
        Html Figure(string name) => charts.GetValueOrDefault(name);
        PageSection[] sections =
        [
            new("alternatives", "Alternatives", "What else you could rent", Html.Join([
                OpeningSection.List("", PlanText.Why(result)), Figure("cost-against-time"),
                HtmlTable.Render(PlanTables.Alternatives(result))]), StartsPage: true),
            new("risk", "How sure", "How sure the order is", Html.Join([
                Figure("cost-intervals"), BasisSection.Accuracy(result), Figure("cost-risk")]), StartsPage: true),
            new("measure-first", "Measure first", "What to measure first", MeasureFirst(result)),
            new("what-if", "What if", "What would change the answer", Html.Join([
                Figure("sensitivity"), Table(result, ForecastTables.BreakEven)]), StartsPage: true),
            new("project", "The whole bill", "What the whole project costs", Html.Join([
                HtmlTable.Render(ProjectTables.Bill(result.Project)), HtmlTable.Render(SpotTables.Policy(result.SpotPolicy))])),
            new("value", "What a dollar buys", "What a dollar buys", Html.Join([
                Figure("tokens-per-dollar-by-gpu-count"), Figure("loss-against-dollars"),
                HtmlTable.Render(LossTables.Laws(result.LossLaws))]), StartsPage: true),
            new("appendix", "Appendix", "Appendix: the tables behind it", Html.Join([
                OpeningSection.MoreFindings(result.Findings), HtmlTable.Render(PlanTables.BestPerGpu(result)),
                HtmlTable.Render(PlanTables.BestPerProvider(result)), Table(result, ForecastTables.Risk),
                Table(result, ForecastTables.Tornado), HtmlTable.Render(PlanTables.Rejected(result))]), StartsPage: true),
            new("engineers", "For engineers", "For engineers", Html.Join([
                EngineerSection.Render(result, Figure), Figure("tokens-per-dollar-by-batch")])),
            new("basis", "Basis", "What this rests on", BasisSection.Render(result)),
        ];
        var shown = sections.Where(section => !section.IsEmpty).ToArray();
        return HtmlPage.Render(PlanText.Answer(result), Html.Of($"""
            {OpeningSection.Render(result, shown)}
            <main>
            {shown.Select(section => section.Render())}</main>
            {ClosingSection.Render(result)}
            """));
    }

    /// <summary>What measuring is worth, or how to ask; nothing without a recommendation.</summary>
    private static Html MeasureFirst(PlanResult result) => result switch
    {
        { MeasureFirst: { } probes } => ProbeSection.Render(probes),
        { Recommendation: null } => default,
        _ => Html.Of($"<p>Is a short measurement worth it before you rent? <code>slm-plan plan … --probes</code> answers that here.</p>\n"),
    };

    /// <summary>A table about the forecast; nothing without one.</summary>
    private static Html Table(PlanResult result, Func<Forecast, ReportTable> table) =>
        result.Forecast is { } forecast ? HtmlTable.Render(table(forecast)) : default;
}
