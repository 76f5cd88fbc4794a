using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Sweeps;
using SlmPlanner.Data.Files;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Charts.Drawing;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;
using Spectre.Console;

namespace SlmPlanner.Presentation.Sweeps;

/// <summary>Prints a sweep: one row per point, the swept values first.</summary>
internal static class SweepOutput
{
    /// <summary>Prints in the format asked for.</summary>
    /// <param name="axes">What was swept.</param>
    /// <param name="rows">The points.</param>
    /// <param name="format">What to print.</param>
    /// <param name="console">The console, for tables.</param>
    /// <param name="output">Standard output, for the other formats.</param>
    public static void Print(
        IReadOnlyList<SweepAxis> axes, IReadOnlyList<SweepRow> rows, OutputFormat format, IAnsiConsole console, TextWriter output) =>
        ListingOutput.Print(
            new Listing<SweepRow>("sweep", $"Best plan over {string.Join(" and ", axes.Select(axis => axis.Name))}", rows,
                [.. axes.Select(Axis), .. Best()]),
            format,
            console,
            output);

    /// <summary>Writes the chart into a folder, as PNG and SVG, and the rows as CSV.</summary>
    /// <exception cref="Core.InputException">The folder can't be written.</exception>
    public static void WriteFolder(IReadOnlyList<SweepAxis> axes, IReadOnlyList<SweepRow> rows, string folder) =>
        AtomicFolder.Write(folder, Files(axes, rows));

    private static IEnumerable<FolderFile> Files(IReadOnlyList<SweepAxis> axes, IReadOnlyList<SweepRow> rows)
    {
        using var table = new StringWriter();
        Print(axes, rows, OutputFormat.Csv, AnsiConsole.Console, table);
        yield return FolderFile.Text("sweep.csv", table.ToString());
        if (SweepChart.Of(axes, rows) is not { } chart)
            yield break;
        yield return new("sweep.png", ChartRenderer.Png(chart, ChartSize.Picture));
        yield return FolderFile.Text("sweep.svg", ChartRenderer.Svg(chart, ChartSize.Picture));
    }

    private static ListingColumn<SweepRow> Axis(SweepAxis axis, int index) =>
        new(axis.Key, axis.Name, row => row.Steps[index].Value, row => row.Steps[index].Label, IsNumber: true);

    private static IEnumerable<ListingColumn<SweepRow>> Best()
    {
        yield return new("gpu", "GPU", row => row.Best?.Gpu);
        yield return new("gpus", "GPUs", row => row.Best?.Gpus, IsNumber: true);
        yield return new("provider", "Provider", row => row.Best?.Provider);
        yield return new("instance_type", "Machine", row => row.Best?.InstanceType) { IsOptional = true };
        yield return new("parallelism", "Scheme", row => row.Best?.Parallelism.ToString()) { IsOptional = true };
        yield return new("micro_batch", "Micro", row => row.Best?.MicroBatch, IsNumber: true) { IsOptional = true };
        yield return Number("tokens_per_s", "Tokens/s", best => best.TokensPerSecond);
        yield return Number("tokens_per_usd", "Tokens/USD", best => best.TokensPerUsd);
        yield return Number("hours", "Hours", best => best.Hours);
        yield return Number("cost_usd", "USD", best => best.CostUsd);
        yield return Number("expected_loss", "Loss", best => best.ExpectedLoss);
        yield return Number("loss_per_usd", "Loss/USD", best => best.LossPerUsd);
        yield return new("feasible", "Feasible", row => row.Feasible);
        yield return new("note", "Note", row => row.Note);
    }

    private static ListingColumn<SweepRow> Number(string key, string header, Func<Candidate, double?> value) => new(
        key,
        header,
        row => row.Best is { } best ? value(best) : null,
        row => row.Best is { } best && value(best) is { } number ? Readable.Count(number) : Readable.Missing,
        IsNumber: true);
}
