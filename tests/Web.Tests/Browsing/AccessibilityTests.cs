using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace SlmPlanner.Web.Tests.Browsing;

public sealed class AccessibilityTests(RunningSite site, Browser browser)
{
    private const int PhoneWidth = 390;

    public static TheoryData<string, ColorScheme> Pages => new MatrixTheoryData<string, ColorScheme>(
        ["/", "/plan?model=slm-1b&tokens=20B&budget=2000&gpus=H100,A100-80GB", "/plan?model=nope&tokens=x", "/calibration"],
        [ColorScheme.Light, ColorScheme.Dark]);

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Axe_finds_nothing_to_mend(string address, ColorScheme colours)
    {
        await using var window = await browser.Open(site,
            new() { ColorScheme = colours, BypassCSP = true, ViewportSize = new() { Width = 1100, Height = 900 } });
        await window.Page.GotoAsync(address);
        await window.Picture($"axe-{address.Length}-{colours}");
        var found = await window.Page.RunAxe();
        Assert.Equal("", string.Join('\n', found.Violations.Select(violation =>
            $"{violation.Id}: {violation.Help}: {violation.Nodes[0].Html}")));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/plan?model=slm-1b&tokens=20B&budget=2000&gpus=H100,A100-80GB")]
    [InlineData("/calibration")]
    public async Task A_phone_shows_the_page_without_scrolling_sideways(string address)
    {
        await using var window = await browser.Open(site,
            new() { ViewportSize = new() { Width = PhoneWidth, Height = 844 }, IsMobile = true, HasTouch = true });
        await window.Page.GotoAsync(address);
        Assert.True(await window.Page.EvaluateAsync<int>("document.scrollingElement.scrollWidth") <= PhoneWidth);
        await window.Picture($"phone-{address.Length}");
    }

    [Fact]
    public async Task Tab_goes_first_to_the_link_that_skips_to_the_content()
    {
        await using var window = await browser.Open(site);
        await window.Page.GotoAsync("/");
        await window.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to content", await window.Page.EvaluateAsync<string>("document.activeElement.textContent"));
    }
}
