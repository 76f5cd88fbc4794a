using SlmPlanner.Core.Models;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>
/// Chooses what the loss objective leaves open, model or tokens or both, so that the scaling law's loss is lowest
/// within budget and deadline. Tokens are the most that any candidate trains within the limits.
/// </summary>
public static class LossAllocation
{
    /// <summary>Tokens that a space is searched at before the affordable amount is known: they only have to be valid.</summary>
    private const double ProbeTokens = 1e9;

    /// <summary>
    /// The request with model and tokens set; unchanged when they are. Where the limits allow no model any training,
    /// the smallest model stands in, so that the search can say what is missing.
    /// </summary>
    /// <param name="request">A valid request, defaults filled in.</param>
    /// <param name="inputs">Catalog, models and scaling law.</param>
    /// <param name="workers">Threads at most.</param>
    public static PlanRequest Settle(PlanRequest request, PlanningInputs inputs, int workers)
    {
        if (request is { Model: not null, Tokens: not null })
            return request;
        if (request.TargetLoss is not null)
            return TargetLossAllocation.Settle(request, inputs, workers);
        var models = request.Model is { } model ? [model] : inputs.Models;
        if (models.Count == 0)
            throw new InputException("model is missing, and there are no models to choose from");
        var best = models
            .Select(shape => Affordable(request with { Model = shape }, inputs, workers))
            .Where(affordable => affordable.Tokens >= TokenRange.Least)
            .OrderBy(affordable => inputs.Law.Loss(inputs.Law.ParametersOf(affordable.Model!), affordable.Tokens!.Value))
            .ThenBy(affordable => affordable.Model!.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return best ?? request with
        {
            Model = models.MinBy(shape => ParameterCount.Of(shape).Total),
            Tokens = request.Tokens ?? TokenRange.Least,
        };
    }

    /// <summary>The request with the tokens it asks for if they can be trained within the limits, or the most that can.</summary>
    private static PlanRequest Affordable(PlanRequest request, PlanningInputs inputs, int workers)
    {
        var probe = SearchOutcome.Of(request with { Tokens = request.Tokens ?? ProbeTokens }, inputs, workers);
        var most = probe.Offers().Select(pair => pair.Tally.MostTokens).DefaultIfEmpty(0).Max();
        var tokens = request.Tokens is { } asked ? (asked <= most ? asked : 0) : Math.Max(0, Math.Floor(most - Reserved(request)));
        return request with { Tokens = tokens };
    }

    /// <summary>
    /// Tokens of training that the same money spends on inference: a token of inference is 2 N FLOPs against 6 N of
    /// training (<see cref="Loss.InferenceOptimal"/>), taken at the same cost per FLOP.
    /// </summary>
    private static double Reserved(PlanRequest request) => (request.InferenceTokens ?? 0) / 3;
}
