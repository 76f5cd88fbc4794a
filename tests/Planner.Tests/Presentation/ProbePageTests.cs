using SlmPlanner.Core.Planning.Probes;
using SlmPlanner.Presentation.Probes;

namespace SlmPlanner.Planner.Tests.Presentation;

public sealed class ProbePageTests
{
    private static readonly Probe One = Of("8 x H100, cloud <a>", 4, 30), Other = Of("8 x A100, cloud b", 3, 5);

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

    private static ProbePlan Plan(IReadOnlyList<Probe> bought) => new()
    {
        ChosenNow = "8 x H100", CostUsd = 900, Hours = 40, Probes = [One, Other], Portfolio = bought,
        PortfolioUsd = bought.Sum(probe => probe.CostUsd), ExpectedSavingUsd = 25, ExpectedSavingH = 2, RegretUsdBefore = 50,
        RegretUsdAfter = 20, Findings = [],
        Path = [new(0, 50, null), .. bought.Select(probe => new RegretPoint(probe.CostUsd, 20, probe.Offer))],
    };

    private static Probe Of(string offer, double cost, double saving) =>
        new(offer, "cloud", "machine", "here", "H100", 8, 15, cost, saving, 1, 0.3);
}
