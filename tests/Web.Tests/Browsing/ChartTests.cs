using static Microsoft.Playwright.Assertions;

namespace SlmPlanner.Web.Tests.Browsing;

public sealed class ChartTests(RunningSite site, Browser browser)
{
    private const string Link = "/plan?model=slm-1b&tokens=20B&budget=2000&gpus=H100,A100-80GB";
    private const string Chart = ".wide #cost-time";

    [Fact]
    public async Task A_point_under_the_pointer_says_what_it_is()
    {
        await using var window = await browser.Open(site);
        await window.Page.GotoAsync(Link);
        await window.Page.Locator($"{Chart} circle.chosen").HoverAsync();
        await window.Shows($"{Chart} .tip", "recommended");
        await window.Page.Locator("#answer h2").HoverAsync();
        await Expect(window.Page.Locator($"{Chart} .tip")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Arrow_keys_go_from_point_to_point()
    {
        await using var window = await browser.Open(site);
        await window.Page.GotoAsync(Link);
        var (picture, tip) = (window.Page.Locator($"{Chart} svg"), window.Page.Locator($"{Chart} .tip"));
        await picture.FocusAsync();
        await picture.PressAsync("ArrowRight");
        await Expect(tip).ToBeVisibleAsync();
        var first = await tip.InnerTextAsync();
        await picture.PressAsync("ArrowRight");
        Assert.NotEqual(first, await tip.InnerTextAsync());
        await picture.PressAsync("Escape");
        await Expect(tip).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_gpu_type_that_is_not_ticked_is_hidden_also_after_planning_again()
    {
        await using var window = await browser.Open(site);
        await window.Page.GotoAsync(Link);
        await window.Page.GetByText("GPU types shown").ClickAsync();
        var box = window.Page.Locator(".filter input").First;
        var hidden = window.Page.Locator($"{Chart} g[data-group='{await box.GetAttributeAsync("value")}']");
        await box.UncheckAsync();
        await Expect(hidden).ToBeHiddenAsync();
        await window.Page.GetByLabel("Budget, USD", new() { Exact = true }).FillAsync("1800");
        await window.Page.GetByLabel("Budget, USD", new() { Exact = true }).PressAsync("Enter");
        await window.Shows("#answer", "at most $1,800");
        await Expect(hidden).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Every_chart_has_its_table()
    {
        await using var window = await browser.Open(site);
        await window.Page.GotoAsync(Link);
        await window.Page.GetByText("Alternatives: less time for more money").First.ClickAsync();
        await Expect(window.Page.Locator("#charts table").First).ToBeVisibleAsync();
    }
}
