using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>Goes through every candidate of one platform at one node count.</summary>
/// <param name="request">The request, defaults filled in.</param>
/// <param name="goal">What is asked of a candidate.</param>
/// <param name="offered">The platform and its offers.</param>
/// <param name="evaluator">Predicts setups on the platform.</param>
/// <param name="compile">Whether the software stack compiles the model.</param>
/// <param name="stack">The software stack.</param>
/// <param name="known">What earlier searches predicted; null where nobody keeps it.</param>
/// <param name="triesSplits">Whether ways to share the model are tried wherever they could be better, or only where nothing else
/// fits.</param>
internal sealed class ClusterSearch(
    PlanRequest request, SearchGoal goal, PlatformOffers offered, Lazy<SetupEvaluator> evaluator, bool compile, SoftwareStack stack,
    QuestionPredictions? known = null, bool triesSplits = false)
{
    private readonly PlanRequest _request = request with { Model = goal.Model };

    /// <summary>Evaluates all setups on <paramref name="nodes"/> machines once and prices them on every offer.</summary>
    public ClusterResult Run(int nodes, CancellationToken stop) => Predictions(nodes)
        .Use(() => Predict(nodes, stop), predicted => Priced(predicted, nodes, stop));

    /// <summary>
    /// The most tokens that any offer trains on <paramref name="nodes"/> machines within the limits, as
    /// <see cref="OfferResult.MostTokens"/> has it, without the spreads of setups that are too slow to matter. 0 when none fits.
    /// </summary>
    public double MostTokens(int nodes, CancellationToken stop) => Predictions(nodes)
        .Use(() => Predict(nodes, stop), predicted => MostTokens(predicted.Evaluations, nodes));

    private ClusterPredictions Predictions(int nodes) => known?.Of(offered.Platform, nodes) ?? new();

    private ClusterResult Priced(FittingPredictions predicted, int nodes, CancellationToken stop)
    {
        if (predicted.LeftOutFor is { } reason)
            return ClusterResult.LeftOut(offered, nodes, predicted.Setups, reason);
        var runs = new ClusterRuns?[2];
        var builders = InStock(nodes).Select(offer => Priced(offer, nodes,
            runs[offer.Spot ? 1 : 0] ??= new(predicted.Evaluations, goal.PricingOn(offer, nodes), goal), stop)).ToList();
        return new()
        {
            Platform = offered.Platform,
            Nodes = nodes,
            OfferCount = builders.Count,
            Setups = predicted.Setups,
            OutOfMemory = predicted.OutOfMemory,
            OutOfHostMemory = predicted.OutOfHostMemory,
            NeverFinishes = builders.Sum(builder => builder.NeverFinishes),
            Offers = [.. builders.Select(builder => builder.Build()).OfType<OfferResult>()],
        };
    }

    private double MostTokens(ClusterEvaluations evaluations, int nodes)
    {
        int[] fastestFirst =
            [.. Enumerable.Range(0, evaluations.Count).OrderBy(ordinal => evaluations.Known(ordinal).SecondsPerToken)];
        var leastSpread = fastestFirst.Select(ordinal => evaluations.Known(ordinal).LogSpread).DefaultIfEmpty(0).Min();
        return InStock(nodes).Where(offer => goal.Rental.To(offer.Offer, offer.Spot, nodes)?.Rentable ?? true)
            .Select(offer => MostTokens(goal.PricingOn(offer, nodes), evaluations, fastestFirst, leastSpread)).DefaultIfEmpty(0).Max();
    }

    /// <summary>
    /// Those of the setup that keeps the shortest deadline. Slower and less certain both make a run longer at its limit, so that the
    /// first setup that even with the least spread takes as long as the best ends the list.
    /// </summary>
    private double MostTokens(RunPricing pricing, ClusterEvaluations evaluations, int[] fastestFirst, double leastSpread)
    {
        double Hours(in Evaluation evaluation) => pricing.Price(evaluation, 0, goal.Tokens, goal.Limits.Deviations).LimitHours;
        var (best, bestHours) = (default(Evaluation), double.PositiveInfinity);
        foreach (var ordinal in fastestFirst)
        {
            if (!(Hours(evaluations.Known(ordinal) with { LogSpread = leastSpread }) < bestHours))
                break;
            var evaluation = evaluations.Whole(ordinal);
            var hours = Hours(evaluation);
            if (hours < bestHours)
                (best, bestHours) = (evaluation, hours);
        }
        return double.IsFinite(bestHours) ? pricing.MostTokens(best, goal.Limits) : 0;
    }

    /// <summary>The offers that have so many machines.</summary>
    private IEnumerable<PricedOffer> InStock(int nodes) => offered.Offers.Where(offer => !(nodes > offer.Offer.Stock));

    private IReadOnlyList<TrainingSetup> Families(int nodes) =>
        SetupFamilies.Of(_request, offered.Platform, nodes, compile, stack.Zero1InNode, stack.Time.BalancesStages);

    /// <summary>
    /// Ways to share the model join where no setup of data parallelism fits and, if so wished, where one could be better than the best of
    /// those: in its least time, memory aside, without recomputation, and as sure as measurements are. What is left out is worse than a
    /// setup that is there.
    /// </summary>
    private void AddSplits(FittingSetups fitting, int nodes, ClusterEvaluations others, CancellationToken stop)
    {
        if (_request.Parallelisms.Count > 0
            || offered.Platform.Device.Evidence == Evidence.Calibrated
            || offered.Platform.GpusPerNode * nodes == 1 || (!triesSplits && others.Count > 0))
            return;
        var best = others.Best(goal.Limits.Deviations);
        var tuning = _request.Tuning ?? default;
        var layouts = SplitLayouts.Of(goal.Model, offered.Platform, nodes, _request.SeqLen!.Value, stack.Time.BalancesStages);
        foreach (var layout in layouts.Where(layout => ModelDivision.Trains(layout.Chunks, tuning)))
        {
            stop.ThrowIfCancellationRequested();
            var families = SetupFamilies.Of(_request, offered.Platform, compile, [layout]);
            if (Quickest(families).Any(family => fitting.MayBeat(family, best, goal.Limits.Deviations)))
                foreach (var family in families)
                    fitting.Add(family);
        }
    }

    /// <summary>The families that nothing is computed again in or waits for the host in: no other is quicker.</summary>
    private static IEnumerable<TrainingSetup> Quickest(IReadOnlyList<TrainingSetup> families) =>
        families.Select(family => family with { Recomputation = Recomputation.None, Offload = Offload.None }).Distinct();

    /// <summary>The setups that fit, ways to share the model among them, and their predictions.</summary>
    private FittingPredictions Predict(int nodes, CancellationToken stop)
    {
        var families = Families(nodes);
        var grids = new MicroBatchGrids(_request);
        var evaluations = new ClusterEvaluations(evaluator.Value);
        if (ReasonToLeaveOut(nodes, families, grids) is { } reason)
            return new()
            {
                LeftOutFor = reason,
                Setups = Math.Max(1, families.Sum(family => Math.Max(1, grids.Of(family.Layout).Points.Count))),
                Evaluations = evaluations,
            };
        var fitting = new FittingSetups(evaluator.Value, grids);
        foreach (var family in families)
        {
            stop.ThrowIfCancellationRequested();
            fitting.Add(family);
        }
        evaluations.Add(fitting.Setups);
        AddSplits(fitting, nodes, evaluations, stop);
        evaluations.Add(fitting.Setups[evaluations.Count..]);
        return new()
        {
            Setups = evaluations.Count + fitting.OutOfMemory.Count + fitting.OutOfHostMemory.Count,
            Evaluations = evaluations,
            OutOfMemory = fitting.OutOfMemory,
            OutOfHostMemory = fitting.OutOfHostMemory,
        };
    }

    private string? ReasonToLeaveOut(int nodes, IReadOnlyList<TrainingSetup> families, MicroBatchGrids grids) =>
        families.Count == 0 ? Reason.NotAsAsked
        : families.All(family => grids.Of(family.Layout).Points.Count == 0) ? Reason.BatchTooSmallForGpus
        : nodes > 1 && !offered.Platform.CanSpanNodes ? Reason.NoNetworkData
        : null;

    private OfferResultBuilder Priced(PricedOffer offer, int nodes, ClusterRuns runs, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var builder = new OfferResultBuilder(offer, nodes, goal);
        for (var ordinal = 0; ordinal < runs.Count; ordinal++)
            builder.Add(runs, ordinal);
        return builder;
    }
}
