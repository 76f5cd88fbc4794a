using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>Goes through every candidate of one platform at one node count.</summary>
/// <param name="request">The request, defaults filled in.</param>
/// <param name="goal">What is asked of a candidate.</param>
/// <param name="hired">The platform and its offers.</param>
/// <param name="evaluator">Predicts setups on the platform.</param>
/// <param name="compile">Whether the software stack compiles the model.</param>
/// <param name="zero1InNode">Whether its ZeRO-1 divides optimizer states inside a node.</param>
internal sealed class ClusterSearch(
    PlanRequest request, SearchGoal goal, PlatformOffers hired, SetupEvaluator evaluator, bool compile, bool zero1InNode)
{
    /// <summary>Evaluates all setups on <paramref name="nodes"/> machines once and prices them on every offer.</summary>
    public ClusterTally Run(int nodes)
    {
        var families = SetupFamilies.Of(request, hired.Platform, nodes, compile, zero1InNode);
        var ladder = Ladder(nodes);
        if (ReasonToLeaveOut(nodes, ladder) is { } reason)
            return ClusterTally.LeftOut(hired, nodes, families.Count * Math.Max(1, ladder.Rungs.Count), reason);
        var fitting = Fitting(families, ladder);
        var builders = InStock(nodes).Select(offer => Priced(offer, nodes, fitting)).ToList();
        return new()
        {
            Platform = hired.Platform,
            Nodes = nodes,
            Rented = builders.Count,
            Setups = fitting.Evaluations.Length + fitting.OutOfMemory,
            OutOfMemory = fitting.OutOfMemory,
            LeastMemoryExcess = fitting.LeastExcess,
            NearestOutOfMemory = fitting.Nearest,
            NeverFinishes = builders.Sum(builder => builder.NeverFinishes),
            Offers = [.. builders.Select(builder => builder.Build()).OfType<OfferTally>()],
        };
    }

    /// <summary>
    /// The most tokens that any offer trains on <paramref name="nodes"/> machines within the limits, as
    /// <see cref="OfferTally.MostTokens"/> has it, without pricing setups that another beats: one that needs no more
    /// time per token and is no less certain. 0 when none fits.
    /// </summary>
    public double MostTokens(int nodes)
    {
        var ladder = Ladder(nodes);
        if (ReasonToLeaveOut(nodes, ladder) is not null)
            return 0;
        var unbeaten = Fitting(SetupFamilies.Of(request, hired.Platform, nodes, compile, zero1InNode), ladder).Unbeaten();
        return InStock(nodes).Select(offer => MostTokens(goal.PricingOn(offer, nodes), unbeaten)).DefaultIfEmpty(0).Max();
    }

    private double MostTokens(RunPricing pricing, IReadOnlyList<Evaluation> unbeaten)
    {
        var limits = unbeaten.Select((evaluation, index) => (evaluation, pricing.Price(evaluation, index, goal.Tokens, goal.Limits.Deviations).LimitHours))
            .Where(pair => double.IsFinite(pair.LimitHours)).ToList();
        return limits.Count == 0 ? 0 : pricing.MostTokens(limits.MinBy(pair => pair.LimitHours).evaluation, goal.Limits);
    }

    /// <summary>The offers that have so many machines.</summary>
    private IEnumerable<PricedOffer> InStock(int nodes) => hired.Offers.Where(offer => !(nodes > offer.Offer.Stock));

    private MicroBatchLadder Ladder(int nodes) => MicroBatchLadder.Of(request, hired.Platform.GpusPerNode * nodes);

    private FittingSetups Fitting(IReadOnlyList<TrainingSetup> families, MicroBatchLadder ladder)
    {
        var fitting = new FittingSetups(evaluator, ladder);
        foreach (var family in families)
            fitting.Add(family);
        return fitting;
    }

    private string? ReasonToLeaveOut(int nodes, MicroBatchLadder ladder) =>
        ladder.Rungs.Count == 0 ? Reason.BatchTooSmallForGpus
        : nodes > 1 && !hired.Platform.CanSpanNodes ? Reason.NoNetworkData
        : null;

    private OfferTallyBuilder Priced(PricedOffer offer, int nodes, FittingSetups fitting)
    {
        var builder = new OfferTallyBuilder(offer, nodes, goal);
        var evaluations = fitting.Evaluations;
        for (var ordinal = 0; ordinal < evaluations.Length; ordinal++)
            builder.Add(evaluations[ordinal], ordinal);
        return builder;
    }
}
