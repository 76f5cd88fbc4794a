using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Plans.Tables;

/// <summary>What the recommended run costs, and what may go otherwise: the figures that are signed.</summary>
internal static class BillTables
{
    /// <summary>The bill of the run.</summary>
    public static ReportTable Bill(Candidate candidate) => ReportTable.Of<(string Name, string Value)>(
        "The bill", Parts(candidate), new("for", part => part.Name), new("USD", part => part.Value, IsNumber: true));

    /// <summary>The risk in four lines.</summary>
    public static ReportTable Risk(PlanResult plan, Candidate candidate) => ReportTable.Of<(string Name, string Value)>(
        "The risk", Risks(plan, candidate), new("of", part => part.Name), new("is", part => part.Value));

    private static IEnumerable<(string Name, string Value)> Parts(Candidate candidate)
    {
        yield return ($"machines: {CandidateText.Devices(candidate)} for {Readable.Hours(candidate.Hours)} at"
            + $" {Readable.UsdPerHour(candidate.UsdPerHour)}", Readable.Usd(candidate.CostUsd - candidate.FeesUsd));
        yield return ("storage and taking the model away", candidate.FeesUsd > 0 ? Readable.Usd(candidate.FeesUsd) : "no price known");
        yield return ("expected in all", Readable.Usd(candidate.CostUsd));
        yield return ("between", Readable.UsdRange(candidate.CostUsdLow, candidate.CostUsdHigh));
    }

    /// <summary>A few stops by their number, fewer by how many runs have one.</summary>
    private static string Stops(double expected) =>
        expected < 0.5 ? $"{Readable.Probability(expected)} of runs" : $"{Readable.Number(expected)} times, as expected";

    private static IEnumerable<(string Name, string Value)> Risks(PlanResult plan, Candidate candidate)
    {
        if (plan.Request.BudgetUsd is { } budget && candidate.BudgetKeptProbability is { } inBudget)
            yield return ($"costing more than {Readable.Usd(budget)}", Readable.Probability(1 - inBudget));
        if (plan.Request.DeadlineHours is { } deadline && candidate.DeadlineKeptProbability is { } inTime)
            yield return ($"taking longer than {Readable.Hours(deadline)}", Readable.Probability(1 - inTime));
        if (candidate.FitsProbability is { } fits)
            yield return ("running out of memory", Readable.Probability(1 - fits));
        if (plan.Forecast is { } forecast)
        {
            yield return ("nine runs in ten", $"below {Readable.Usd(forecast.Risk.CostUsdNinety)} and "
                + $"{Readable.Hours(forecast.Risk.HoursNinety)}");
            yield return ("being stopped", Stops(forecast.Risk.StopsExpected));
            yield return ("time that is not training", Readable.Percent(forecast.Risk.OverheadShare));
        }
    }
}
