using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Pages;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Planner.Web.Plans;

/// <summary>What would change the reader's mind: the worth of a day, a cheaper rival, and what the cost hangs on.</summary>
internal static class ChangeOfMind
{
    private const int MostRivals = 3;
    private const int MostFactors = 3;

    /// <summary>The part beside the chart; nothing without a recommendation.</summary>
    public static Html Render(PlanResult plan)
    {
        string[] sentences = [.. Days(plan), .. Rivals(plan), .. Factors(plan)];
        return sentences.Length == 0 ? default : Html.Of($"""
            <aside aria-labelledby="mind">
            <h3 id="mind">What would change my mind</h3>
            <ul>
            {sentences.Select(sentence => Html.Of($"<li>{sentence}</li>\n"))}</ul>
            </aside>
            """);
    }

    private static IEnumerable<string> Days(PlanResult plan) =>
        from answer in plan.Answers ?? []
        where answer.UsdPerDaySaved is not null && !answer.Recommended
        select $"A day worth {Readable.Usd(answer.UsdPerDaySaved!.Value)} or more: then the {AnswerWords.Name(answer.Role)} answer "
            + $"beats the"
            + $" cheapest ({CandidateText.Devices(answer.Candidate)}).";

    private static IEnumerable<string> Rivals(PlanResult plan) =>
        from rival in (plan.Forecast?.BreakEvens ?? []).Take(MostRivals)
        where rival.KeepsDeadline && rival.Change < 0
        select $"{rival.Gpus} × {rival.Gpu} at {Readable.UsdPerHour(rival.BreakEvenUsdPerGpuHour)} per GPU, "
            + $"{Readable.Percent(-rival.Change)}"
            + " below its price now: then it costs the same.";

    private static IEnumerable<string> Factors(PlanResult plan) =>
        from bar in (plan.Forecast?.Tornado ?? []).Take(MostFactors)
        select $"If {BreakdownWords.Factor(bar.Factor)} is {Readable.Number(Math.Min(bar.LowMultiple, bar.HighMultiple))} to "
            + $"{Readable.Number(Math.Max(bar.LowMultiple, bar.HighMultiple))} times as"
            + $" assumed, the run costs {Readable.UsdRange(bar.CostUsdLow, bar.CostUsdHigh)}.";
}
