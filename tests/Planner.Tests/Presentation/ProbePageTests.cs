using System.Text.Json;
using SlmPlanner.Core.Planning.Probes;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Plans;
using SlmPlanner.Presentation.Plans.Page;
using SlmPlanner.Presentation.Probes;

namespace SlmPlanner.Planner.Tests.Presentation;

public sealed class ProbePageTests
{
    private static readonly Probe One = Of("8 x H100, cloud <a>", 4, 30), Other = Of("8 x A100, cloud b", 3, 5),
        Silent = Of("1 x L4, cloud c", 1, 0) with { Gpu = "L4", ChangeProbability = 0 };

    [Fact]
    public void What_to_measure_is_said_listed_and_drawn()
    {
        var page = ProbePage.Render(Plan([One]));
        Assert.Contains("Measure 8 x H100, cloud &lt;a&gt; first, for $4", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("data-label=\"Changes the choice\"").Length - 1);
        Assert.Contains("id=\"probe-regret\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_measuring_does_not_pay_the_page_says_so_and_draws_nothing()
    {
        var page = ProbePage.Render(Plan([]));
        Assert.Contains("Measuring first is not worth it", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<svg", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Machines_that_would_tell_nothing_are_named_and_not_listed()
    {
        var page = ProbePage.Render(Plan([One], Silent));
        Assert.Equal(2, page.Split("data-label=\"Costs\"").Length - 1);
        Assert.Contains("Measuring one of these would not change the choice: L4.", page, StringComparison.Ordinal);
        Assert.Equal([One, Other, Silent], ProbeTable.All(Plan([One], Silent)).Items);
    }

    [Fact]
    public void The_report_of_a_plan_has_what_measuring_first_is_worth_or_says_how_to_ask()
    {
        var without = PlanPage.Render(SmallPlan.Made);
        Assert.Contains("slm-plan plan … --probes", without, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"probe-regret\"", without, StringComparison.Ordinal);

        var asked = SmallPlan.Made with { MeasureFirst = Plan([One]) };
        var page = PlanPage.Render(asked);
        Assert.Contains("id=\"measure-first\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"probe-regret\"", page, StringComparison.Ordinal);
        Assert.Contains("data-label=\"Changes the choice\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("--probes", page, StringComparison.Ordinal);
        Assert.Contains("charts/probe-regret.png", PlanFolder.Files(asked).Select(file => file.Name));
        Assert.Contains("8 x H100, cloud", MarkdownReport.Write(asked), StringComparison.Ordinal);
    }

    [Fact]
    public void A_saved_plan_keeps_it_under_the_names_of_probe_json()
    {
        var saved = PlanJson.Write(SmallPlan.Made with { MeasureFirst = Plan([One]) });
        Assert.Equal(saved, PlanJson.Write(PlanJson.Parse(saved, "plan.json")));
        using var plan = JsonDocument.Parse(saved);
        using var alone = JsonDocument.Parse(ProbeJson.Write(Plan([One])));
        Assert.True(JsonElement.DeepEquals(alone.RootElement, plan.RootElement.GetProperty("measure_first")));
    }

    private static ProbePlan Plan(IReadOnlyList<Probe> bought, params IReadOnlyList<Probe> more) => new()
    {
        ChosenNow = "8 x H100", CostUsd = 900, Hours = 40, Probes = [One, Other, .. more], Portfolio = bought,
        PortfolioUsd = bought.Sum(probe => probe.CostUsd), ExpectedSavingUsd = 25, ExpectedSavingH = 2, RegretUsdBefore = 50,
        RegretUsdAfter = 20, Findings = [new ProbeErrorUnproven(0.09)],
        Path = [new(0, 50, null), .. bought.Select(probe => new RegretPoint(probe.CostUsd, 20, probe.Offer))],
    };

    private static Probe Of(string offer, double cost, double saving) =>
        new(offer, "cloud", "machine", "here", "H100", 8, 15, cost, saving, 1, 0.3);
}
