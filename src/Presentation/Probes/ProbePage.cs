using SlmPlanner.Core.Planning.Probes;
using SlmPlanner.Presentation.Pages;
using SlmPlanner.Presentation.Plans.Page;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Probes;

/// <summary>What measuring first is worth, as a page: what to buy, every probe that was weighed, and the regret that remains.</summary>
internal static class ProbePage
{
    /// <summary>The whole document.</summary>
    public static string Render(ProbePlan plan) => HtmlPage.Render("What to measure first", Html.Of($"""
        <header><p class="kicker">Measure first?</p><h1>{Answer(plan)}</h1>
        <p class="asked">Without measuring, {plan.ChosenNow} would be rented: {Readable.Usd(plan.CostUsd)}, {Readable.Hours(plan.Hours)}.</p></header>
        <main>
        {OpeningSection.Findings(plan.Findings)}
        {HtmlTable.Render(Table(plan))}
        {(RegretChart.Of(plan) is { } chart ? HtmlFigure.Render(chart) : default)}
        </main>
        """));

    private static string Answer(ProbePlan plan) => plan.Portfolio.Count switch
    {
        0 => "Measuring first is not worth it",
        1 => $"Measure {plan.Portfolio[0].Offer} first, for {Readable.Usd(plan.PortfolioUsd)}",
        var several => $"Measure {several} machines first, for {Readable.Usd(plan.PortfolioUsd)}",
    };

    private static ReportTable Table(ProbePlan plan)
    {
        var bought = plan.Portfolio.ToHashSet();
        return ReportTable.Of<Probe>(
            "Machines worth considering, the most useful to measure first; savings are of a choice after that probe alone",
            plan.Probes,
            new("Machine", probe => probe.Offer),
            new("Take", probe => bought.Contains(probe) ? "yes" : ""),
            new("Minutes", probe => Readable.Number(probe.Minutes), IsNumber: true),
            new("Costs", probe => Readable.Usd(probe.CostUsd), IsNumber: true),
            new("Saves", probe => Readable.Usd(probe.ExpectedSavingUsd), IsNumber: true),
            new("Saves, hours", probe => Readable.Number(probe.ExpectedSavingH), IsNumber: true),
            new("Changes the choice", probe => Readable.Percent(probe.ChangeProbability), IsNumber: true));
    }
}
