using System.Text;
using SlmPlanner.Core;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Planner.Export;
using SlmPlanner.Presentation.Plans;

namespace SlmPlanner.Planner.Web.Plans;

/// <summary>A file of a plan that can be downloaded.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Write">Its text.</param>
/// <param name="Refusal">Why its format can't say what the plan says; null when it can.</param>
internal sealed record PlanDownload(string Name, Func<string> Write, string? Refusal = null)
{
    private static readonly UTF8Encoding Utf8 = new(false);

    /// <summary>Its bytes.</summary>
    public byte[] Bytes => Utf8.GetBytes(Write());

    /// <summary>Its media type.</summary>
    public string ContentType => Path.GetExtension(Name) switch
    {
        ".json" => "application/json",
        ".html" => "text/html; charset=utf-8",
        ".csv" => "text/csv; charset=utf-8",
        ".md" => "text/markdown; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    };
}

/// <summary>The files of a plan: its documents, made when they are asked for, and a launch file per format.</summary>
internal static class PlanDownloads
{
    /// <summary>All of them, those of formats that refuse included.</summary>
    public static IReadOnlyList<PlanDownload> Of(PlanResult plan) =>
    [
        .. PlanFolder.Documents.Select(document => new PlanDownload(document.Name, () => document.Write(plan))),
        .. plan.Recommendation is null ? [] : Enum.GetValues<LaunchFormat>().Select(format => Launch(plan, format)),
    ];

    private static PlanDownload Launch(PlanResult plan, LaunchFormat format)
    {
        try
        {
            var text = LaunchFile.Write(plan, format);
            return new(LaunchFile.NameOf(format), () => text);
        }
        catch (InputException exception)
        {
            return new(LaunchFile.NameOf(format), () => "", exception.Message);
        }
    }
}
