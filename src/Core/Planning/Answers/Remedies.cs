using SlmPlanner.Core.Models;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;
using SlmPlanner.Core.Text;

namespace SlmPlanner.Core.Planning.Answers;

/// <summary>Changes of a request, one at a time, that make it feasible: each the least that does.</summary>
public static class Remedies
{
    /// <summary>The remedies for a search that found nothing feasible; empty when it did.</summary>
    public static IReadOnlyList<Remedy> For(SearchOutcome outcome, PlanningInputs inputs, int workers, CancellationToken stop)
    {
        if (outcome.Recommendation is not null)
            return [];
        IEnumerable<Remedy?> remedies =
        [
            MoreBudget(outcome),
            LongerDeadline(outcome),
            FewerTokens(outcome),
            SmallerModel(outcome, inputs, workers, stop),
        ];
        return [.. remedies.OfType<Remedy>()];
    }

    private static Remedy? MoreBudget(SearchOutcome outcome)
    {
        if (outcome.Request.BudgetUsd is null || Least(outcome, result => result.LeastBudgetUsd) is not { } result)
            return null;
        var needed = result.LeastBudgetUsd;
        return new("raise-budget", needed, "usd",
            $"A budget of {Readable.Usd(needed)} is enough, with {Wording.Machines(result)}.");
    }

    private static Remedy? LongerDeadline(SearchOutcome outcome)
    {
        if (outcome.Request.DeadlineHours is null || Least(outcome, result => result.LeastDeadlineHours) is not { } result)
            return null;
        var needed = result.LeastDeadlineHours;
        return new("extend-deadline", needed, "hours",
            $"A deadline of {Readable.Hours(needed)} is enough, with {Wording.Machines(result)}.");
    }

    private static Remedy? FewerTokens(SearchOutcome outcome)
    {
        var result = outcome.Offers().Select(pair => pair.Result).MaxBy(result => result.MostTokens);
        return result is null || result.MostTokens < TokenRange.Least || result.MostTokens >= outcome.Goal.Tokens
            ? null
            : new("fewer-tokens", result.MostTokens, "tokens",
                $"Up to {Readable.Count(result.MostTokens)} tokens keep the limits, with {Wording.Machines(result)}.");
    }

    /// <summary>The largest known model below the asked one with a feasible plan, by bisection over sizes.</summary>
    private static Remedy? SmallerModel(SearchOutcome outcome, PlanningInputs inputs, int workers, CancellationToken stop)
    {
        var size = ParameterCount.Of(outcome.Goal.Model).Total;
        var smaller = inputs.Models
            .Select(model => (Model: model, Parameters: ParameterCount.Of(model).Total))
            .Where(pair => pair.Parameters < size)
            .OrderBy(pair => pair.Parameters)
            .ThenBy(pair => pair.Model.Name, StringComparer.Ordinal)
            .ToList();
        var (works, fails) = (-1, smaller.Count);
        while (fails - works > 1)
        {
            var middle = works + (fails - works) / 2;
            if (Feasible(outcome.Request with { Model = smaller[middle].Model }, inputs, workers, stop))
                works = middle;
            else
                fails = middle;
        }
        return works < 0 ? null : new("smaller-model", smaller[works].Parameters, "parameters",
            $"{smaller[works].Model.Name} with {Readable.Count(smaller[works].Parameters)} parameters, trained on the same tokens, keeps the limits.");
    }

    private static bool Feasible(PlanRequest request, PlanningInputs inputs, int workers, CancellationToken stop) =>
        !PlanRequestRules.Problems(request, inputs).Any() && SearchOutcome.Of(request, inputs, workers, stop).Recommendation is not null;

    private static OfferResult? Least(SearchOutcome outcome, Func<OfferResult, double> amount)
    {
        var least = outcome.Offers().Select(pair => pair.Result).MinBy(amount);
        return least is not null && double.IsFinite(amount(least)) ? least : null;
    }
}
