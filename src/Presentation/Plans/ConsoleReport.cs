using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Plans.Tables;
using SlmPlanner.Presentation.Probes;
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
        foreach (var table in Tables(result))
            ConsoleTable.Write(console, table);
        console.WriteLine();
        foreach (var sentence in PlanText.Rests(result.Provenance))
            console.MarkupLineInterpolated($"[grey]{sentence}[/]");
    }

    private static IEnumerable<ReportTable> Tables(PlanResult result)
    {
        yield return PlanTables.Remedies(result);
        if (result.Recommendation is { } recommendation)
        {
            yield return RecommendationTables.Decision(recommendation, Readable.Percent(result.Request.Confidence));
            yield return RecommendationTables.Setup(recommendation);
        }
        if (result.Forecast is { } forecast)
        {
            yield return ForecastTables.Risk(forecast);
            yield return ForecastTables.BreakEven(forecast);
        }
        if (result.MeasureFirst is { } probes)
            yield return ProbeTable.Telling(probes).ToTable();
        yield return ProjectTables.Bill(result.Project);
        yield return SpotTables.Policy(result.SpotPolicy);
        yield return RecipeTables.Recipe(result.Recipe);
        yield return LossTables.Laws(result.LossLaws);
        yield return PlanTables.Alternatives(result);
        yield return PlanTables.BestPerGpu(result);
        yield return PlanTables.BestPerProvider(result);
        yield return PlanTables.Rejected(result);
        yield return PlanTables.Findings(result);
    }
}
