using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Pages;
using SlmPlanner.Presentation.Plans.Tables;

namespace SlmPlanner.Presentation.Plans.Page;

/// <summary>The appendix: the whole setup of the recommendation, its time and its memory, term by term.</summary>
internal static class EngineerSection
{
    /// <summary>The appendix; nothing without a recommendation.</summary>
    public static Html Render(PlanResult result, Func<string, Html> figure) => result.Recommendation is not { } best
        ? default
        : Html.Of($"""
            {HtmlTable.Render(RecommendationTables.Setup(best))}
            {HtmlTable.Render(RecipeTables.Recipe(result.Recipe))}
            {figure("step-time")}
            {HtmlTable.Render(RecommendationTables.StepTime(best))}
            {figure("memory")}
            {HtmlTable.Render(RecommendationTables.Memory(best))}
            """);
}
