using Microsoft.Playwright;

namespace SlmPlanner.Web.Tests.Browsing;

/// <summary>
/// A browser window. What the browser complains of (script errors, refused content) fails the test when the window closes. With the
/// variable <c>SLM_SCREENSHOTS</c> its pictures are kept in that folder for a person to look at.
/// </summary>
internal sealed class Window : IAsyncDisposable
{
    /// <summary>Milliseconds until a page is taken not to come.</summary>
    public const float Patience = 75_000;
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private Window(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.SetDefaultTimeout(Patience);
        page.SetDefaultNavigationTimeout(Patience);
        page.PageError += (_, error) => _complaints.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("status of 400", StringComparison.Ordinal))
                _complaints.Add(message.Text);
        };
    }

    /// <summary>What it shows.</summary>
    public IPage Page { get; }

    /// <summary>A window of a browser.</summary>
    public static async Task<Window> Open(IBrowserContext context) => new(context, await context.NewPageAsync());

    /// <summary>Waits until an element's text contains something.</summary>
    public Task Shows(string selector, string text) =>
        Assertions.Expect(Page.Locator(selector).First).ToContainTextAsync(text, new() { Timeout = Patience });

    /// <summary>Keeps a picture of the whole page, if pictures are asked for.</summary>
    public async Task Picture(string name)
    {
        if (Environment.GetEnvironmentVariable("SLM_SCREENSHOTS") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Empty(_complaints);
    }
}
