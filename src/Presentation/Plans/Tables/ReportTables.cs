using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Probes;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Plans.Tables;

/// <summary>The tables behind a plan, in the order of reports.</summary>
internal static class ReportTables
{
    /// <summary>The tables, empty ones too.</summary>
    /// <param name="result">The plan.</param>
    /// <param name="isDocument">True with the answers and what a step's time, its memory and the cost rest on; a screen has shown the
    /// answers, and leaves the rest out.</param>
    public static IEnumerable<ReportTable> Of(PlanResult result, bool isDocument)
    {
        if (isDocument)
            yield return AnswerTables.Answers(result);
        yield return PlanTables.Remedies(result);
        if (result.Recommendation is { } recommendation)
        {
            yield return RecommendationTables.Decision(recommendation, Readable.Percent(result.Request.Confidence));
            yield return RecommendationTables.Setup(recommendation);
            if (isDocument)
            {
                yield return RecommendationTables.StepTime(recommendation);
                yield return RecommendationTables.Memory(recommendation);
            }
        }
        if (result.Forecast is { } forecast)
        {
            yield return ForecastTables.Risk(forecast);
            if (isDocument)
                yield return ForecastTables.Tornado(forecast);
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
