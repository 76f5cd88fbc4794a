using Microsoft.AspNetCore.Http;
using SlmPlanner.Planner.Web.Hosting;
using SlmPlanner.Presentation.Pages;

namespace SlmPlanner.Planner.Web;

/// <summary>The frame of every page: one style sheet, one script, links to the parts of the site.</summary>
internal static class Layout
{
    /// <summary>A page as an answer.</summary>
    /// <param name="title">Shown in the window's title.</param>
    /// <param name="body">What the page shows.</param>
    /// <param name="status">HTTP status.</param>
    public static IResult Page(string title, Html body, int status = StatusCodes.Status200OK) =>
        Results.Content(Render(title, body), "text/html; charset=utf-8", statusCode: status);

    private static string Render(string title, Html body) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{title} · slm-plan</title>
        <link rel="stylesheet" href="/assets/site.css">
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
        <script src="/assets/site.js" defer></script>
        </head>
        <body>
        <a class="skip" href="#content">Skip to content</a>
        <nav class="site" aria-label="Site"><ul>
        <li><a href="/">Plan</a></li>
        <li><a href="/runs">Runs</a></li>
        <li><a href="/calibration">Calibration</a></li>
        </ul></nav>
        <div id="content">
        {body}
        </div>
        </body>
        </html>

        """).ToString();
}
