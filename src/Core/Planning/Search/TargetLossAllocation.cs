using System.Globalization;
using SlmPlanner.Core.Economics.Loss;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Planning.Requests;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>
/// Chooses the model and the tokens that reach a target loss most cheaply (or fastest, under
/// <see cref="Objective.Time"/>). Each model needs the tokens that the scaling law gives for it; models whose FLOPs over
/// their life are far from the least are not searched, since no hardware makes up for that.
/// </summary>
internal static class TargetLossAllocation
{
    /// <summary>A model whose life takes this many times the least FLOPs is left out.</summary>
    private const double MostFlopsRatio = 3;

    /// <summary>The request with model and tokens set.</summary>
    /// <param name="request">A valid request with a target loss, defaults filled in.</param>
    /// <param name="inputs">Catalog, models and scaling law.</param>
    /// <param name="workers">Threads at most.</param>
    /// <param name="stop">Ends the search.</param>
    /// <exception cref="OperationCanceledException">The search was ended.</exception>
    /// <exception cref="InputException">No model reaches the loss within the law's range.</exception>
    public static PlanRequest Resolve(PlanRequest request, PlanningInputs inputs, int workers, CancellationToken stop)
    {
        var target = request.TargetLoss!.Value;
        if (request.Model is { } model && !ScalingLaw.Knows(model))
            throw new InputException($"target_loss is {target}, but no law here gives the loss of a model with experts: give tokens "
                + $"(--tokens)");
        var inference = request.InferenceTokens ?? 0;
        var ways = Ways(request, inputs, target).ToList();
        if (ways.Count == 0)
            throw new InputException(Unreachable(request, inputs, target));
        var least = ways.Min(way => InferenceOptimal.LifeFlops(way.Point, inference));
        return ways
            .Where(way => InferenceOptimal.LifeFlops(way.Point, inference) <= MostFlopsRatio * least)
            .Select(way => Score(request with { Model = way.Model, Tokens = way.Point.Tokens }, inputs, inference, workers, stop))
            .OrderBy(scored => !scored.Feasible)
            .ThenBy(scored => scored.Amount)
            .ThenBy(scored => scored.Request.Model!.Name, StringComparer.Ordinal)
            .First().Request;
    }

    private static IEnumerable<(TransformerShape Model, TrainingPoint Point)> Ways(PlanRequest request, PlanningInputs inputs,
        double target)
    {
        foreach (var model in inputs.ModelsFor(request))
        {
            var parameters = inputs.Law.ParametersOf(model);
            if (inputs.Law.TokensFor(parameters, target) is { } tokens && inputs.Law.Range.Covers(new(parameters, tokens)))
                yield return (model, new(parameters, Math.Ceiling(tokens)));
        }
    }

    /// <summary>
    /// Cost of the best candidate over the model's life, inference counted at the same cost per FLOP as training: a
    /// token of inference is 2 N FLOPs against 6 N of training, a third. Under the time objective its hours.
    /// </summary>
    private static (PlanRequest Request, bool Feasible, double Amount) Score(
        PlanRequest request, PlanningInputs inputs, double inference, int workers, CancellationToken stop)
    {
        var best = SearchOutcome.Of(request, inputs, workers, stop).RecommendationOrNearest;
        var life = 1 + inference / (3 * request.Tokens!.Value);
        return best is null
            ? (request, false, double.PositiveInfinity)
            : (request, best.Feasible, request.Objective == Objective.Time ? best.Priced.Hours : best.Priced.CostUsd * life);
    }

    private static string Unreachable(PlanRequest request, PlanningInputs inputs, double target)
    {
        var largest = inputs.ModelsFor(request).Select(model => inputs.Law.ParametersOf(model))
            .Where(n => n <= inputs.Law.Range.ParametersMax).DefaultIfEmpty(0).Max();
        var lowest = largest > 0 ? inputs.Law.Loss(largest, inputs.Law.Range.TokensMax) : inputs.Law.E.Value;
        return string.Create(CultureInfo.InvariantCulture,
            $"target_loss is {target}: no model to choose from reaches it within the range of {inputs.Law.Name} "
            + $"({inputs.Law.Range.TokensMin / 1e9:0} to {inputs.Law.Range.TokensMax / 1e9:0} B tokens); the lowest it allows is "
            + $"{lowest:0.00}");
    }
}
