using System.Security.Cryptography;
using System.Text;

namespace SlmPlanner.Presentation.Pages;

/// <summary>
/// A page that holds all it needs: its style inside, no script, and a policy that lets it load nothing else.
/// </summary>
public static class HtmlPage
{
    /// <summary>The style of reports: light and dark, on screen, phone and paper.</summary>
    public static readonly string Style = ReadStyle();

    private static readonly string StyleHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    /// <summary>The whole document.</summary>
    /// <param name="title">Shown in the window's title and by search.</param>
    /// <param name="body">What the page shows.</param>
    public static string Render(string title, Html body) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{Html.Trusted(StyleHash)}'">
        <title>{title}</title>
        <style>{Html.Trusted(Style)}</style>
        </head>
        <body>
        {body}
        </body>
        </html>

        """).ToString();

    private static string ReadStyle()
    {
        using var stream = typeof(HtmlPage).Assembly.GetManifestResourceStream("SlmPlanner.Presentation.Pages.report.css")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
