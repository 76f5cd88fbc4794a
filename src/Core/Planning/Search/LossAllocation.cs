using System.Collections.Concurrent;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Planning.Requests;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>
/// Chooses what the loss objective leaves open, model or tokens or both, so that the scaling law's loss is lowest
/// within budget and deadline. Tokens are the most that any candidate trains within the limits. Branch and bound: the
/// most promising pairs of model and platform first, and none whose <see cref="TokenBound"/> cannot reach the best loss met.
/// </summary>
internal static class LossAllocation
{
    /// <summary>Tokens that a platform is searched at before the affordable amount is known: they only have to be valid.</summary>
    private const double ProbeTokens = 1e9;

    /// <summary>
    /// The request with model and tokens set; unchanged when they are. Where the limits allow no model any training,
    /// the smallest model stands in, so that the search can say what is missing.
    /// </summary>
    /// <param name="request">A valid request, defaults filled in.</param>
    /// <param name="inputs">Catalog, models and scaling law.</param>
    /// <param name="workers">Threads at most.</param>
    /// <param name="stop">Ends the search.</param>
    /// <exception cref="OperationCanceledException">The search was ended.</exception>
    public static PlanRequest Resolve(PlanRequest request, PlanningInputs inputs, int workers, CancellationToken stop = default)
    {
        if (request is { Model: not null, Tokens: not null })
            return request;
        if (request.TargetLoss is not null)
            return TargetLossAllocation.Resolve(request, inputs, workers, stop);
        var models = inputs.ModelsFor(request);
        if (models.Count == 0)
            throw new InputException($"model is missing, and there are no models to choose from that take sequences of {request.SeqLen} "
                + $"tokens");
        return Best(request, models, inputs, workers, stop) ?? request with
        {
            Model = models.MinBy(shape => ParameterCount.Of(shape).Total),
            Tokens = request.Tokens ?? TokenRange.Least,
        };
    }

    private static PlanRequest? Best(
        PlanRequest request, IReadOnlyList<TransformerShape> models, PlanningInputs inputs, int workers, CancellationToken stop)
    {
        var branches = models.SelectMany(model =>
            Branches(request with { Model = model, Tokens = request.Tokens ?? ProbeTokens }, inputs, stop))
            .Select(branch => (Branch: branch, LossBound: Loss(branch.Probe, Usable(request, branch.MostTokens), inputs)))
            .Where(pair => double.IsFinite(pair.LossBound))
            .OrderBy(pair => pair.LossBound).ToList();
        var most = new ConcurrentDictionary<TransformerShape, double>();
        var (least, guard) = (double.PositiveInfinity, new Lock());
        Parallel.ForEach(
            Partitioner.Create(branches, EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = stop },
            (pair, loop) =>
            {
                if (pair.LossBound > Volatile.Read(ref least))
                {
                    loop.Stop();
                    return;
                }
                var tokens = Usable(request, pair.Branch.Tokens(inputs, stop));
                most.AddOrUpdate(pair.Branch.Probe.Model!, tokens, (_, known) => Math.Max(known, tokens));
                lock (guard)
                    least = Math.Min(least, Loss(pair.Branch.Probe, tokens, inputs));
            });
        return most.Where(pair => pair.Value >= TokenRange.Least)
            .Select(pair => request with { Model = pair.Key, Tokens = pair.Value })
            .OrderBy(affordable => Loss(affordable, affordable.Tokens!.Value, inputs))
            .ThenBy(affordable => affordable.Model!.Name, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    private static IEnumerable<Branch> Branches(PlanRequest probe, PlanningInputs inputs, CancellationToken stop)
    {
        var goal = SearchGoal.Of(probe, inputs);
        foreach (var offered in CandidateSpace.Of(probe, inputs).Platforms)
        {
            stop.ThrowIfCancellationRequested();
            yield return new(probe, goal, offered, TokenBound.Of(offered, probe, goal, inputs));
        }
    }

    /// <summary>Infinite for tokens too few to train on.</summary>
    private static double Loss(PlanRequest request, double tokens, PlanningInputs inputs) =>
        tokens >= TokenRange.Least ? inputs.Law.Loss(inputs.Law.ParametersOf(request.Model!), tokens) : double.PositiveInfinity;

    /// <summary>
    /// Of the most tokens those to train on: the tokens asked for if they are within them, else none; or all, less the
    /// training that the money kept for inference would pay: a token of inference is 2 N FLOPs against 6 N of training
    /// (<see cref="Economics.Loss.InferenceOptimal"/>), taken at the same cost per FLOP.
    /// </summary>
    private static double Usable(PlanRequest request, double most) =>
        request.Tokens is { } asked ? (asked <= most ? asked : 0) : Math.Max(0, Math.Floor(most - (request.InferenceTokens ?? 0) / 3));

    /// <summary>A model on a platform.</summary>
    /// <param name="Probe">The request with the model, and tokens to search at.</param>
    /// <param name="Goal">Its goal.</param>
    /// <param name="Offered">The platform.</param>
    /// <param name="MostTokens">More tokens than can be trained there within the limits.</param>
    private sealed record Branch(PlanRequest Probe, SearchGoal Goal, PlatformOffers Offered, double MostTokens)
    {
        /// <summary>The most tokens that are trained there within the limits; 0 when none.</summary>
        public double Tokens(PlanningInputs inputs, CancellationToken stop)
        {
            var search = PlanSearch.On(Offered, Probe, Goal, inputs);
            return CandidateSpace.NodeCounts(Probe, Offered).Select(nodes => search.MostTokens(nodes, stop)).DefaultIfEmpty(0).Max();
        }
    }
}
