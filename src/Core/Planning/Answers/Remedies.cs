using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Answers;

/// <summary>Changes of a request, one at a time, that make it feasible: each the least that does.</summary>
public static class Remedies
{
    /// <summary>The remedies for a search that found nothing feasible; empty when it did.</summary>
    internal static IReadOnlyList<Remedy> For(SearchOutcome outcome, PlanningInputs inputs, int workers, CancellationToken stop)
    {
        if (outcome.Recommendation is not null)
            return [];
        IEnumerable<Remedy?> remedies =
        [
            SmallerEvaluation(outcome, inputs, workers, stop),
            LessMemory(outcome, inputs, workers, stop),
            MoreBudget(outcome),
            LongerDeadline(outcome),
            FewerTokens(outcome),
            SmallerModel(outcome, inputs, workers, stop),
        ];
        return [.. remedies.OfType<Remedy>()];
    }

    /// <summary>Where no setup fits at all and training alone would: the largest evaluation that fits beside it.</summary>
    private static SmallerEvaluation? SmallerEvaluation(SearchOutcome outcome, PlanningInputs inputs, int workers, CancellationToken stop)
    {
        if (outcome.Request.EvalBatch is not > 0 || outcome.Offers().Any()
            || Searched(Whole(outcome) with { EvalBatch = null }, inputs, workers, stop) is not { } choice)
            return null;
        var memory = inputs.MemoryOf(outcome.Goal.Model, choice.Platform.Device, outcome.Request);
        var limit = new MemoryLimit(choice.Platform.UsableBytes, outcome.Request.Confidence);
        var largest = EvaluationPeak.Largest(
            choice.Priced.Evaluation.Setup with { EvalBatch = outcome.Request.EvalBatch.Value }, tried => memory.Fits(tried, limit));
        return largest == 0 ? null : new(largest, Machines.Of(choice.Result));
    }

    private static PlanRequest Whole(SearchOutcome outcome) =>
        outcome.Request with { Model = outcome.Goal.Model, Tokens = outcome.Goal.Tokens };

    /// <summary>
    /// Where no setup fits at all: a loss in chunks; where that is not enough, inputs of blocks in the host's memory too.
    /// </summary>
    private static Remedy? LessMemory(SearchOutcome outcome, PlanningInputs inputs, int workers, CancellationToken stop)
    {
        if (outcome.Offers().Any() || outcome.Clusters.All(cluster => cluster.OutOfMemory.Count == 0))
            return null;
        var asked = Whole(outcome);
        var fused = asked with { Losses = [.. (asked.Losses ?? [LossForm.Whole]).Append(LossForm.Fused).Distinct()] };
        var hosted = fused with { Offloads = [.. (fused.Offloads ?? [Offload.None]).Append(Offload.Activations).Distinct()] };
        return Found(fused) is { } loss ? new FuseLoss(loss.Priced.Evaluation.MemoryBytes, Machines.Of(loss.Result))
            : Found(hosted) is { } both ? new OffloadActivations(both.Priced.Evaluation.MemoryBytes, Machines.Of(both.Result))
            : null;

        Choice? Found(PlanRequest request) => Searched(request, inputs, workers, stop);
    }

    private static RaiseBudget? MoreBudget(SearchOutcome outcome)
    {
        if (outcome.Request.BudgetUsd is null || Least(outcome, result => result.LeastBudgetUsd) is not { } result)
            return null;
        return new(result.LeastBudgetUsd, Machines.Of(result));
    }

    private static ExtendDeadline? LongerDeadline(SearchOutcome outcome)
    {
        if (outcome.Request.DeadlineHours is null || Least(outcome, result => result.LeastDeadlineHours) is not { } result)
            return null;
        return new(result.LeastDeadlineHours, Machines.Of(result));
    }

    private static FewerTokens? FewerTokens(SearchOutcome outcome)
    {
        var result = outcome.Offers().Select(pair => pair.Result).MaxBy(result => result.MostTokens);
        return result is null || result.MostTokens < TokenRange.Least || result.MostTokens >= outcome.Goal.Tokens
            ? null
            : new(result.MostTokens, Machines.Of(result));
    }

    /// <summary>The largest known model below the asked one with a feasible plan, by bisection over sizes.</summary>
    private static SmallerModel? SmallerModel(SearchOutcome outcome, PlanningInputs inputs, int workers, CancellationToken stop)
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
        return works < 0 ? null : new(smaller[works].Model.Name, smaller[works].Parameters);
    }

    private static bool Feasible(PlanRequest request, PlanningInputs inputs, int workers, CancellationToken stop) =>
        Searched(request, inputs, workers, stop) is not null;

    private static Choice? Searched(PlanRequest request, PlanningInputs inputs, int workers, CancellationToken stop) =>
        PlanRequestRules.Problems(request, inputs).Any() ? null : SearchOutcome.Of(request, inputs, workers, stop).Recommendation;

    private static OfferResult? Least(SearchOutcome outcome, Func<OfferResult, double> amount)
    {
        var least = outcome.Offers().Select(pair => pair.Result).MinBy(amount);
        return least is not null && double.IsFinite(amount(least)) ? least : null;
    }
}
