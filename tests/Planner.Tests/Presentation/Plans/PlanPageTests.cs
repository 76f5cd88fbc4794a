using System.Text.RegularExpressions;
using System.Xml.Linq;
using SlmPlanner.Core.Findings;
using SlmPlanner.Presentation.Pages;
using SlmPlanner.Presentation.Plans;
using SlmPlanner.Presentation.Plans.Page;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Presentation.Plans;

public sealed partial class PlanPageTests
{
    [Fact]
    public void A_feasible_plan_renders_as_its_golden_page() =>
        Golden.Equal(WithoutPictures(PlanPage.Render(ExamplePlan.Feasible())), "report.html");

    [Fact]
    public void An_infeasible_plan_renders_as_its_golden_page() =>
        Golden.Equal(WithoutPictures(PlanPage.Render(ExamplePlan.Infeasible())), "infeasible.html");

    [Fact]
    public void The_page_is_well_formed_and_opens_with_the_answer()
    {
        var body = XElement.Parse(Body().Match(PlanPage.Render(ExamplePlan.Feasible())).Value);
        Assert.StartsWith("Rent 8 × RTX4090", body.Descendants("h1").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_saved_plan_renders_as_the_plan_did()
    {
        var saved = PlanJson.Parse(PlanJson.Write(ExamplePlan.Feasible()), "plan.json");
        Assert.Equal(PlanPage.Render(ExamplePlan.Feasible()), PlanPage.Render(saved));
    }

    [Fact]
    public void Text_from_a_plan_never_becomes_markup()
    {
        const string Attack = "<script>alert(1)</script>";
        var plan = ExamplePlan.Feasible();
        var page = PlanPage.Render(plan with
        {
            Reasons = [Attack, Attack],
            Findings = [new ToldFinding(Severity.Hint, "attack", Attack)],
            Recommendation = plan.Recommendation! with { Gpu = Attack, Provider = Attack, InstanceType = Attack, Model = Attack },
            Alternatives = [plan.Recommendation! with { Gpu = Attack }],
        });
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_plan_without_data_for_charts_still_renders()
    {
        var plan = ExamplePlan.Infeasible();
        var bare = plan with
        {
            Alternatives = [], BestPerGpu = [], BestPerProvider = [], Findings = [],
            Curves = plan.Curves with { CostTime = [], TokensPerUsdByGpuCount = [] },
        };
        Assert.DoesNotContain("<figure", PlanPage.Render(bare), StringComparison.Ordinal);
    }

    private static string WithoutPictures(string page) =>
        Picture().Replace(StyleHash().Replace(page.Replace(HtmlPage.Style, "", StringComparison.Ordinal), ""), "<svg/>");

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Picture();

    [GeneratedRegex(" 'sha256-[^']*'")]
    private static partial Regex StyleHash();

    [GeneratedRegex("<body>.*</body>", RegexOptions.Singleline)]
    private static partial Regex Body();
}
