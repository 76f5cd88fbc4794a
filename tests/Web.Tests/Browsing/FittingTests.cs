using Microsoft.Playwright;

namespace SlmPlanner.Web.Tests.Browsing;

/// <summary>Nothing is cut off: tables at 1,100 pixels, labels of charts at any amount.</summary>
public sealed class FittingTests(RunningSite site, Browser browser)
{
    private const string Plan = "model=slm-1b&tokens=20B&budget=2000";
    private static readonly BrowserNewContextOptions Desktop = new() { ViewportSize = new() { Width = 1100, Height = 900 } };

    [Theory]
    [InlineData($"/plan?{Plan}&project=default")]
    [InlineData($"/plan/evidence?{Plan}")]
    [InlineData("/runs")]
    [InlineData("/runs/1")]
    [InlineData("/runs/compare?first=1&second=1")]
    public async Task Every_table_fits_a_window_of_1100_pixels(string address)
    {
        await using var window = await browser.Open(site, Desktop);
        await window.Page.GotoAsync(address);
        Assert.Equal("", await CutTables(window.Page));
    }

    [Fact]
    public async Task Every_table_of_the_report_fits_too()
    {
        await using var window = await browser.Open(site, new() { ViewportSize = new() { Width = 1100, Height = 900 }, BypassCSP = true });
        await window.Page.GotoAsync("/");
        await window.Page.SetContentAsync(await site.Client.GetStringAsync($"/plan/files/report.html?{Plan}&project=default",
            TestContext.Current.CancellationToken));
        Assert.Equal("", await CutTables(window.Page));
    }

    [Theory]
    [InlineData($"{Plan}&gpus=H100,A100-80GB")]
    [InlineData("model=slm-1b&tokens=500B&budget=100000&deadline=60d")]
    [InlineData("model=slm-1b&tokens=500B&budget=100000&deadline=60d&currency=EUR&rate=0.92")]
    public async Task No_label_of_a_chart_is_cut_off(string plan)
    {
        await using var window = await browser.Open(site, Desktop);
        await window.Page.GotoAsync($"/plan?{plan}");
        Assert.Equal("", await window.Page.EvaluateAsync<string>("""
            [...document.querySelectorAll("figure.marks svg")].filter(svg => svg.getBoundingClientRect().width > 0).flatMap(svg => {
              const view = svg.viewBox.baseVal;
              return [...svg.querySelectorAll("text")].filter(text => {
                const box = text.getBBox();
                return box.x < 0 || box.x + box.width > view.width || box.y < 0 || box.y + box.height > view.height;
              }).map(text => text.textContent);
            }).join("; ")
            """));
    }

    /// <summary>Titles of tables that are wider than their place, all folds opened.</summary>
    private static Task<string> CutTables(IPage page) => page.EvaluateAsync<string>("""
        [...document.querySelectorAll("details")].forEach(fold => fold.open = true),
        [...document.querySelectorAll(".scroll")].filter(place => place.scrollWidth > place.clientWidth)
          .map(place => `${place.getAttribute("aria-label")}: ${place.scrollWidth} in ${place.clientWidth}`).join("; ")
        """);
}
