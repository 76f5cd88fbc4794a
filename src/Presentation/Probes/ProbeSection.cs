using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Pages;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Probes;

/// <summary>What measuring first is worth, as part of a page: whether to, which machines may tell, the regret that remains.</summary>
internal static class ProbeSection
{
    /// <summary>The answer as the head of a page of its own.</summary>
    public static Html Answer(ProbePlan plan) => Html.Of($"""
        <h1>{Portfolio(plan)}</h1>
        <p class="asked">Without measuring, {plan.ChosenNow} would be rented: {Readable.Usd(plan.CostUsd)}, {Readable.Hours(plan.Hours)}.</p>
        """);

    /// <summary>The part, without a heading.</summary>
    public static Html Render(ProbePlan plan) => Html.Of($"""
        {HtmlFindings.List(plan.Findings)}
        {HtmlTable.Render(ProbeTable.Telling(plan).ToTable())}
        {Note(ProbeTable.Silent(plan))}
        {Note(plan.HourWorthUsd is { } worth ? $"An hour sooner is counted as {Readable.Usd(worth)}, by what the plan makes least." : "")}
        {(RegretChart.Of(plan) is { } chart ? HtmlFigure.Render(chart) : default)}
        """);

    private static string Portfolio(ProbePlan plan) => plan.Portfolio.Count switch
    {
        0 => "Measuring first is not worth it",
        1 => $"Measure {plan.Portfolio[0].Offer} first, for {Readable.Usd(plan.PortfolioUsd)}",
        var several => $"Measure {several} machines first, for {Readable.Usd(plan.PortfolioUsd)}",
    };

    private static Html Note(string sentence) => sentence.Length == 0 ? default : Html.Of($"<p class=\"note\">{sentence}</p>\n");
}
