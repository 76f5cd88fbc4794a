using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Presentation.Wording;

using Spectre.Console;

namespace SlmPlanner.Calibrator.Commands;

/// <summary>One burst's result for people.</summary>
internal static class BurstTable
{
    /// <summary>Prints the summary and the findings.</summary>
    public static void Write(IAnsiConsole console, BurstResult result)
    {
        var table = new Table().HideHeaders().AddColumns("", "").Border(TableBorder.None);
        foreach (var (name, value) in Rows(result))
            table.AddRow(Markup.Escape(name), Markup.Escape(value));
        console.Write(table);
        foreach (var finding in result.Findings)
            console.WriteLine(FindingWords.Line(finding));
    }

    private static IEnumerable<(string Name, string Value)> Rows(BurstResult result)
    {
        yield return ("model", result.Spec.Shape.Name);
        yield return ("device", result.Device);
        yield return ("status", result.Message is null ? $"{result.Status}" : $"{result.Status}: {result.Message}");
        if (result.StepTimeS is not { } step)
            yield break;
        yield return ("step", $"{step.Median * 1e3:0.0} ms ± {step.Spread * 1e3:0.0} (fastest {step.Minimum * 1e3:0.0}, {step.Steps} "
            + $"steps)");
        if (result.ComponentsS is { } parts)
            yield return ("forward, backward, optimizer",
                $"{parts.Forward * 1e3:0.0}, {parts.Backward * 1e3:0.0}, {parts.Optimizer * 1e3:0.0} ms");
        if (result.Bare is { } bare)
            yield return ("bare loop", $"{bare.StepTimeS.Median * 1e3:0.0} ms; ours over bare, taken in turns: {bare.Ratio:0.000}");
        yield return ("tokens/s", $"{result.TokensPerS:0}");
        if (result.PeakMemoryBytes is { } peak)
            yield return ("peak memory", $"{peak / (1 << 20):0.0} MiB above {result.BaselineMemoryBytes / (1 << 20):0.0} MiB");
        yield return ("loss, gradient norm", $"{result.Loss:0.0000}, {result.GradientNorm:0.0000}");
        if (result.AttentionKernel is { } kernel)
            yield return ("attention kernel", kernel);
    }
}
