using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Data.Files;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Charts.Drawing;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Tables;
using Spectre.Console;

namespace SlmPlanner.Presentation.Probes;

/// <summary>Prints what measuring first is worth, and writes it into a folder.</summary>
internal static class ProbeOutput
{
    /// <summary>Prints in the format asked for.</summary>
    /// <param name="plan">What to print.</param>
    /// <param name="format">How.</param>
    /// <param name="console">The console, for tables.</param>
    /// <param name="output">Standard output, for the other formats.</param>
    public static void Print(ProbePlan plan, OutputFormat format, IAnsiConsole console, TextWriter output)
    {
        if (format == OutputFormat.Json)
            output.WriteLine(ProbeJson.Write(plan));
        else
            ListingOutput.Print(
                format == OutputFormat.Csv || plan.Portfolio.Count == 0 ? ProbeTable.All(plan) : ProbeTable.Telling(plan),
                format, console, output, plan.Findings);
    }

    /// <summary>Writes <c>probe.json</c>, <c>probes.csv</c>, <c>report.html</c> and the chart.</summary>
    /// <exception cref="Core.InputException">The folder can't be written.</exception>
    public static void WriteFolder(ProbePlan plan, string folder) => AtomicFolder.Write(folder, Files(plan));

    private static IEnumerable<FolderFile> Files(ProbePlan plan)
    {
        yield return FolderFile.Text("probe.json", ProbeJson.Write(plan) + "\n");
        yield return FolderFile.Text("report.html", ProbePage.Render(plan));
        using var table = new StringWriter();
        ListingOutput.Print(ProbeTable.All(plan), OutputFormat.Csv, AnsiConsole.Console, table);
        yield return FolderFile.Text("probes.csv", table.ToString());
        if (RegretChart.Of(plan) is not { } chart)
            yield break;
        yield return new("regret.png", ChartRenderer.Png(chart, ChartSize.Picture));
        yield return FolderFile.Text("regret.svg", ChartRenderer.Svg(chart, ChartSize.Picture));
    }
}
