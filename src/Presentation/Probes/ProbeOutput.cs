using SlmPlanner.Core.Planning.Probes;
using SlmPlanner.Data.Files;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Charts.Drawing;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;
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
            ListingOutput.Print(Table(plan), format, console, output, plan.Findings);
    }

    /// <summary>Writes <c>probe.json</c>, <c>probes.csv</c>, <c>report.html</c> and the chart.</summary>
    /// <exception cref="Core.InputException">The folder can't be written.</exception>
    public static void WriteFolder(ProbePlan plan, string folder) => AtomicFolder.Write(folder, Files(plan));

    private static IEnumerable<FolderFile> Files(ProbePlan plan)
    {
        yield return FolderFile.Text("probe.json", ProbeJson.Write(plan) + "\n");
        yield return FolderFile.Text("report.html", ProbePage.Render(plan));
        using var table = new StringWriter();
        ListingOutput.Print(Table(plan), OutputFormat.Csv, AnsiConsole.Console, table);
        yield return FolderFile.Text("probes.csv", table.ToString());
        if (RegretChart.Of(plan) is not { } chart)
            yield break;
        yield return new("regret.png", ChartRenderer.Png(chart, ChartSize.Picture));
        yield return FolderFile.Text("regret.svg", ChartRenderer.Svg(chart, ChartSize.Picture));
    }

    private static Listing<Probe> Table(ProbePlan plan)
    {
        var bought = plan.Portfolio.ToHashSet();
        return new("probes", $"What to measure before renting {plan.ChosenNow} ({Readable.Usd(plan.CostUsd)}, "
            + $"{Readable.Hours(plan.Hours)})",
            plan.Probes,
            new ListingColumn<Probe>("take", "Take", probe => bought.Contains(probe), probe => bought.Contains(probe) ? "yes" : ""),
            new("offer", "Machine", probe => probe.Offer),
            new("minutes", "Minutes", probe => probe.Minutes, IsNumber: true),
            new("cost_usd", "Costs", probe => probe.CostUsd, probe => Readable.Usd(probe.CostUsd), IsNumber: true),
            new("expected_saving_usd", "Saves", probe => probe.ExpectedSavingUsd, probe => Readable.Usd(probe.ExpectedSavingUsd),
                IsNumber: true),
            new("expected_saving_h", "Saves, h", probe => probe.ExpectedSavingH, probe => Readable.Number(probe.ExpectedSavingH),
                IsNumber: true),
            new("change_probability", "Changes the choice", probe => probe.ChangeProbability,
                probe => Readable.Percent(probe.ChangeProbability), IsNumber: true) { IsOptional = true });
    }
}
