using Microsoft.Playwright;
using SlmPlanner.Web.Tests.Browsing;

[assembly: AssemblyFixture(typeof(Browser))]

namespace SlmPlanner.Web.Tests.Browsing;

/// <summary>
/// A real Chromium, started once, by the first test that needs it. Such tests are skipped, saying why, where there is none.
/// </summary>
public sealed class Browser : IAsyncDisposable
{
    private readonly Lazy<Task<(IPlaywright? Playwright, IBrowser? Chromium, string WhyNot)>> _started = new(Start);

    public async ValueTask DisposeAsync()
    {
        if (!_started.IsValueCreated)
            return;
        var (playwright, chromium, _) = await _started.Value;
        if (chromium is not null)
            await chromium.DisposeAsync();
        playwright?.Dispose();
    }

    /// <summary>A new, empty window.</summary>
    /// <param name="site">What it opens.</param>
    /// <param name="settings">Its size and what it prefers; a desktop in light colours by default.</param>
    internal async Task<Window> Open(RunningSite site, BrowserNewContextOptions? settings = null)
    {
        var (_, chromium, whyNot) = await _started.Value;
        Assert.SkipWhen(chromium is null, whyNot);
        settings ??= new() { ViewportSize = new() { Width = 1100, Height = 900 } };
        settings.BaseURL = site.Address.ToString();
        return await Window.Open(await chromium!.NewContextAsync(settings));
    }

    private static async Task<(IPlaywright? Playwright, IBrowser? Chromium, string WhyNot)> Start()
    {
        var (program, whyNot) = ChromiumPackage.Provide();
        if (program is null)
            return (null, null, whyNot);
        var playwright = await Playwright.CreateAsync();
        return (playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = ["--no-sandbox"] }), "");
    }
}
