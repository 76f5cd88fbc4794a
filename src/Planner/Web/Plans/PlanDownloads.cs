using System.Text;
using SlmPlanner.Core;
using SlmPlanner.Core.Planning;
using SlmPlanner.Planner.Export;
using SlmPlanner.Planner.Reporting;

namespace SlmPlanner.Planner.Web.Plans;

/// <summary>A file of a plan that can be downloaded.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Write">Its bytes.</param>
internal sealed record PlanDownload(string Name, string ContentType, Func<byte[]> Write);

/// <summary>The files of a plan: its documents, and a launch file per format that can say what the plan says.</summary>
internal static class PlanDownloads
{
    private static readonly UTF8Encoding Utf8 = new(false);

    /// <summary>The files there are, made when they are asked for.</summary>
    public static IEnumerable<PlanDownload> Of(PlanResult plan) =>
    [
        .. PlanFolder.Documents.Select(document => new PlanDownload(document.Name, TypeOf(document.Name), () => Utf8.GetBytes(document.Write(plan)))),
        .. plan.Recommendation is null ? [] : Enum.GetValues<LaunchFormat>().Where(format => Refusal(plan, format) is null)
            .Select(format => new PlanDownload(LaunchFile.NameOf(format), TypeOf(LaunchFile.NameOf(format)), () => Utf8.GetBytes(LaunchFile.Write(plan, format)))),
    ];

    /// <summary>The file of that name; null when there is none.</summary>
    public static PlanDownload? Find(PlanResult plan, string name) => Of(plan).FirstOrDefault(file => file.Name == name);

    /// <summary>Why each format that refuses does so.</summary>
    public static IEnumerable<string> Refusals(PlanResult plan) =>
        plan.Recommendation is null ? [] : Enum.GetValues<LaunchFormat>().Select(format => Refusal(plan, format)).OfType<string>();

    private static string? Refusal(PlanResult plan, LaunchFormat format)
    {
        try
        {
            LaunchFile.Write(plan, format);
            return null;
        }
        catch (InputException exception)
        {
            return exception.Message;
        }
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".json" => "application/json",
        ".html" => "text/html; charset=utf-8",
        ".csv" => "text/csv; charset=utf-8",
        ".md" => "text/markdown; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    };
}
