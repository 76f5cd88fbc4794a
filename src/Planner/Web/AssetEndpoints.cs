using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SlmPlanner.Presentation.Pages;

namespace SlmPlanner.Planner.Web;

/// <summary>Style, script and icon. They are carried inside the program: no request reaches a folder.</summary>
internal static class AssetEndpoints
{
    private const string Prefix = "SlmPlanner.Planner.Web.Assets.";

    /// <summary>Maps the assets.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "/assets/site.css", "text/css; charset=utf-8", HtmlPage.Style + Read("site.css"));
        Map(routes, "/assets/site.js", "text/javascript; charset=utf-8", Read("site.js"));
        Map(routes, "/assets/icon.svg", "image/svg+xml", Read("icon.svg"));
    }

    private static void Map(IEndpointRouteBuilder routes, string path, string type, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        routes.MapGet(path, context => Results.Bytes(bytes, type).ExecuteAsync(context));
    }

    private static string Read(string name)
    {
        using var stream = typeof(AssetEndpoints).Assembly.GetManifestResourceStream(Prefix + name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
