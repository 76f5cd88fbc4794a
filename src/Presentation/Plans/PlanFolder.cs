using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Data.Files;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Charts.Drawing;
using SlmPlanner.Presentation.Plans.Charts;
using SlmPlanner.Presentation.Plans.Page;

namespace SlmPlanner.Presentation.Plans;

/// <summary>The files of a report (<c>--out DIR</c>).</summary>
internal static class PlanFolder
{
    /// <summary>Name of the saved plan, from which everything else can be made again.</summary>
    public const string PlanFile = "plan.json";

    /// <summary>The documents of a report: its files less the charts.</summary>
    public static readonly IReadOnlyList<(string Name, Func<PlanResult, string> Write)> Documents =
    [
        (PlanFile, PlanJson.Write),
        ("report.html", PlanPage.Render),
        ("candidates.csv", CandidateCsv.Write),
        ("report.md", MarkdownReport.Write),
    ];

    /// <summary>All files, made one after the other as they are asked for.</summary>
    public static IEnumerable<FolderFile> Files(PlanResult result)
    {
        foreach (var (name, write) in Documents)
            yield return FolderFile.Text(name, write(result));
        foreach (var chart in PlanCharts.Of(result))
        {
            yield return new($"charts/{chart.Name}.png", ChartRenderer.Png(chart, ChartSize.Picture));
            yield return FolderFile.Text($"charts/{chart.Name}.svg", ChartRenderer.Svg(chart, ChartSize.Picture));
        }
    }
}
