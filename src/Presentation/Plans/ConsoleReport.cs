using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Plans.Tables;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;
using Spectre.Console;

namespace SlmPlanner.Presentation.Plans;

/// <summary>A plan on the console: one screen, and the tables behind it when asked.</summary>
internal static class ConsoleReport
{
    public static void Write(IAnsiConsole console, PlanResult result, bool details)
    {
        foreach (var (text, isMarked) in ConsoleAnswer.Lines(result))
        {
            if (isMarked)
                console.MarkupLineInterpolated($"[bold green]{text}[/]");
            else
                console.WriteLine(text);
        }
        if (!details)
            return;
        foreach (var table in ReportTables.Of(result, isDocument: false))
            ConsoleTable.Write(console, table);
        console.WriteLine();
        foreach (var sentence in PlanText.Rests(result.Provenance))
            console.MarkupLineInterpolated($"[grey]{sentence}[/]");
    }
}
