using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SlmPlanner.Web.Tests.Browsing;

public sealed class RunTests(RunningSite site, Browser browser)
{
    private const string Evidence = "/plan/evidence?model=slm-1b&tokens=20B&budget=2000&gpus=H100,A100-80GB";

    [Fact]
    public async Task A_run_is_followed_without_reloading()
    {
        await using var window = await browser.Open(site,
            new() { ColorScheme = ColorScheme.Dark, ViewportSize = new() { Width = 1100, Height = 900 } });
        await window.Page.GotoAsync("/runs/2");
        await window.Shows("#live", "Waiting for the first steps");
        site.Append(site.GrowingLog.Head() + site.GrowingLog.Steps(30));
        await window.Shows("#live .answers", "300 of ");
        await Expect(window.Page.Locator("#live figure")).ToHaveCountAsync(6);
        site.Append(site.GrowingLog.Checkpoint(200) + site.GrowingLog.Steps(20));
        await window.Shows("#live .answers", "500 of ");
        await window.Page.GetByText("What happened").ClickAsync();
        await window.Page.Locator(".wide #speed svg").FocusAsync();
        site.Append(site.GrowingLog.Steps(10));
        await window.Shows("#live .answers", "600 of ");
        await Expect(window.Page.Locator("#live details[open]")).ToHaveCountAsync(1);
        await Expect(window.Page.Locator(".wide #speed svg")).ToBeFocusedAsync();
        await window.Shows("#live details table", "checkpoint after step 300");
        await Expect(window.Page.Locator(".wide #speed circle.event")).ToHaveCountAsync(1);
        site.GrowingLog.Restart(stepsLost: 100, seconds: 1800);
        site.Append(site.GrowingLog.Steps(30));
        await window.Shows("#live .answers", "800 of ");
        await window.Shows("#live details tbody tr:last-child", "restart after step 600: 3");
        await Expect(window.Page.Locator(".wide #speed circle.event")).ToHaveCountAsync(2);
        await window.Picture("run-dark");
    }

    [Fact]
    public async Task Runs_are_listed_compared_and_looked_into_without_a_script()
    {
        await using var window = await browser.Open(site, new() { JavaScriptEnabled = false });
        await window.Page.GotoAsync("/runs");
        await window.Shows("main", "steady.log");
        await window.Shows("main", "learned-one");
        await window.Picture("runs-light");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "steady.log" }).ClickAsync();
        await window.Shows("h1", "steady.log against its plan");
        await window.Shows("#live .answers", "Final bill");
        await window.Shows(".no-script", "load it again");
        await window.Picture("run-light");
        await window.Page.GotoAsync("/runs");
        await window.Page.GetByLabel("with").SelectOptionAsync(new SelectOptionValue { Label = "learned-one" });
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();
        await window.Shows("h1", "steady.log (watched) and learned-one");
        await window.Shows("table", "second over first");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "learned-one" }).ClickAsync();
        await window.Shows("main", "tokens per second and GPU");
    }

    [Fact]
    public async Task The_evidence_behind_a_plan_says_which_rows_move_it()
    {
        await using var window = await browser.Open(site);
        await window.Page.GotoAsync("/plan?model=slm-1b&tokens=20B&budget=2000&gpus=H100,A100-80GB");
        await window.Page.GetByText("Which measurements move this answer").ClickAsync();
        await window.Shows("main", "measured rows");
        await window.Shows("[aria-label='Single rows that hold most']", "% wider");
        await window.Picture("evidence-light");
    }

    [Theory]
    [InlineData("/runs", ColorScheme.Light)]
    [InlineData("/runs", ColorScheme.Dark)]
    [InlineData("/runs/1", ColorScheme.Light)]
    [InlineData("/runs/1", ColorScheme.Dark)]
    [InlineData("/runs/compare?first=1&second=1", ColorScheme.Dark)]
    [InlineData(Evidence, ColorScheme.Light)]
    [InlineData(Evidence, ColorScheme.Dark)]
    public async Task Axe_finds_nothing_to_mend(string address, ColorScheme colours)
    {
        await using var window = await browser.Open(site,
            new() { ColorScheme = colours, BypassCSP = true, ViewportSize = new() { Width = 1100, Height = 900 } });
        await window.Page.GotoAsync(address);
        var found = await window.Page.RunAxe();
        Assert.Equal("", string.Join('\n', found.Violations.Select(violation =>
            $"{violation.Id}: {violation.Help}: {violation.Nodes[0].Html}")));
    }

    [Theory]
    [InlineData("/runs")]
    [InlineData("/runs/1")]
    [InlineData("/runs/compare?first=1&second=1")]
    [InlineData("/calibration")]
    [InlineData("/calibration/compare?before=5&after=6")]
    [InlineData(Evidence)]
    public async Task A_phone_shows_the_page_without_scrolling_sideways(string address)
    {
        await using var window = await browser.Open(site,
            new() { ViewportSize = new() { Width = 390, Height = 844 }, IsMobile = true, HasTouch = true });
        await window.Page.GotoAsync(address);
        Assert.True(await window.Page.EvaluateAsync<int>("document.scrollingElement.scrollWidth") <= 390);
        await window.Picture($"phone-runs-{address.Length}");
        foreach (var chart in await window.Page.Locator("figure.marks svg:visible").AllAsync())
        {
            var drawn = await chart.EvaluateAsync<double>("it => it.viewBox.baseVal.width");
            Assert.True((await chart.BoundingBoxAsync())!.Width / drawn > 0.9);
        }
    }
}
