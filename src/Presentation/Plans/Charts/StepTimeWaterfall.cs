using SlmPlanner.Core.Planning.Answers;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Plans.Charts;

/// <summary>How the terms of one optimizer step of the recommendation add up.</summary>
internal static class StepTimeWaterfall
{
    /// <summary>The chart, or null without a recommendation.</summary>
    public static Chart? Of(PlanResult result)
    {
        if (result.Recommendation is not { Breakdown.StepTimeS.Count: > 0 } best)
            return null;
        return new BarChart
        {
            Name = "step-time",
            Title = "Where the time of one optimizer step goes",
            Caption = Caption(best),
            X = new("seconds", AxisScale.FromZero, Readable.Number),
            Rows = Waterfall.Rows([.. best.Breakdown.StepTimeS.Select(part => (BreakdownWords.StepTerm(part.Name), part.Amount))],
                "whole step", Readable.Seconds),
            IsJoined = true,
        };
    }

    private static string Caption(Candidate best)
    {
        var parts = best.Breakdown.StepTimeS.OrderByDescending(part => part.Amount).ToArray();
        var largest = $"{BreakdownWords.StepTerm(parts[0].Name)} take {Share(parts[0], best)}";
        var second = parts.Length > 1 ? $", then {BreakdownWords.StepTerm(parts[1].Name)} {Share(parts[1], best)}" : "";
        return $"Of the {Readable.Seconds(best.StepTimeSeconds)} per step, {largest}{second}. "
            + $"The GPUs reach {Readable.Percent(best.Mfu)} of their peak arithmetic; what lies outside the matrix multiplies is"
            + $" what tuning can win.";
    }

    private static string Share(NamedAmount part, Candidate best) => Readable.Percent(part.Amount / best.StepTimeSeconds);
}
