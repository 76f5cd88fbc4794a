using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>Goes through every candidate of one platform at one node count.</summary>
/// <param name="request">The request, defaults filled in.</param>
/// <param name="goal">What is asked of a candidate.</param>
/// <param name="offered">The platform and its offers.</param>
/// <param name="evaluator">Predicts setups on the platform.</param>
/// <param name="compile">Whether the software stack compiles the model.</param>
/// <param name="zero1InNode">Whether its ZeRO-1 divides optimizer states inside a node.</param>
internal sealed class ClusterSearch(
    PlanRequest request, SearchGoal goal, PlatformOffers offered, SetupEvaluator evaluator, bool compile, bool zero1InNode)
{
    /// <summary>Evaluates all setups on <paramref name="nodes"/> machines once and prices them on every offer.</summary>
    public ClusterResult Run(int nodes, CancellationToken stop)
    {
        var families = SetupFamilies.Of(request, offered.Platform, nodes, compile, zero1InNode);
        var grid = Grid(nodes);
        if (ReasonToLeaveOut(nodes, grid) is { } reason)
            return ClusterResult.LeftOut(offered, nodes, families.Count * Math.Max(1, grid.Points.Count), reason);
        var fitting = Fitting(families, grid, stop);
        var builders = InStock(nodes).Select(offer => Priced(offer, nodes, fitting, stop)).ToList();
        return new()
        {
            Platform = offered.Platform,
            Nodes = nodes,
            OfferCount = builders.Count,
            Setups = fitting.Evaluations.Length + fitting.OutOfMemory,
            OutOfMemory = fitting.OutOfMemory,
            LeastMemoryExcess = fitting.LeastExcess,
            NearestOutOfMemory = fitting.Nearest,
            NeverFinishes = builders.Sum(builder => builder.NeverFinishes),
            Offers = [.. builders.Select(builder => builder.Build()).OfType<OfferResult>()],
        };
    }

    /// <summary>
    /// The most tokens that any offer trains on <paramref name="nodes"/> machines within the limits, as
    /// <see cref="OfferResult.MostTokens"/> has it, without pricing setups that another beats: one that needs no more
    /// time per token and is no less certain. 0 when none fits.
    /// </summary>
    public double MostTokens(int nodes, CancellationToken stop)
    {
        var grid = Grid(nodes);
        if (ReasonToLeaveOut(nodes, grid) is not null)
            return 0;
        var unbeaten = Fitting(SetupFamilies.Of(request, offered.Platform, nodes, compile, zero1InNode), grid, stop).Unbeaten();
        return InStock(nodes).Select(offer => MostTokens(goal.PricingOn(offer, nodes), unbeaten)).DefaultIfEmpty(0).Max();
    }

    private double MostTokens(RunPricing pricing, IReadOnlyList<Evaluation> unbeaten)
    {
        var limits = unbeaten.Select((evaluation, index) => (evaluation, pricing.Price(evaluation, index, goal.Tokens, goal.Limits.Deviations).LimitHours))
            .Where(pair => double.IsFinite(pair.LimitHours)).ToList();
        return limits.Count == 0 ? 0 : pricing.MostTokens(limits.MinBy(pair => pair.LimitHours).evaluation, goal.Limits);
    }

    /// <summary>The offers that have so many machines.</summary>
    private IEnumerable<PricedOffer> InStock(int nodes) => offered.Offers.Where(offer => !(nodes > offer.Offer.Stock));

    private MicroBatchGrid Grid(int nodes) => MicroBatchGrid.Of(request, offered.Platform.GpusPerNode * nodes);

    private FittingSetups Fitting(IReadOnlyList<TrainingSetup> families, MicroBatchGrid grid, CancellationToken stop)
    {
        var fitting = new FittingSetups(evaluator, grid);
        foreach (var family in families)
        {
            stop.ThrowIfCancellationRequested();
            fitting.Add(family);
        }
        return fitting;
    }

    private string? ReasonToLeaveOut(int nodes, MicroBatchGrid grid) =>
        grid.Points.Count == 0 ? Reason.BatchTooSmallForGpus
        : nodes > 1 && !offered.Platform.CanSpanNodes ? Reason.NoNetworkData
        : null;

    private OfferResultBuilder Priced(PricedOffer offer, int nodes, FittingSetups fitting, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var builder = new OfferResultBuilder(offer, nodes, goal);
        var evaluations = fitting.Evaluations;
        for (var ordinal = 0; ordinal < evaluations.Length; ordinal++)
            builder.Add(evaluations[ordinal], ordinal);
        return builder;
    }
}
