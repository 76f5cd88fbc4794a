using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>What a search goes through: platforms with their offers, and what was left out before any prediction.</summary>
public sealed record CandidateSpace
{
    /// <summary>Hardware to evaluate, each with its offers.</summary>
    public required IReadOnlyList<PlatformOffers> Platforms { get; init; }

    /// <summary>Offers that the filters keep.</summary>
    public required IReadOnlyList<Offer> Considered { get; init; }

    /// <summary>Offers kept by the filters that no prediction can be made for, by reason.</summary>
    public required IReadOnlyList<Exclusion> Excluded { get; init; }

    /// <summary>The space of a request over a catalog.</summary>
    /// <param name="request">A valid request, defaults filled in.</param>
    /// <param name="inputs">Catalog and datasheets.</param>
    public static CandidateSpace Of(PlanRequest request, PlanningInputs inputs)
    {
        var considered = inputs.Offers.Where(offer => Kept(offer, request))
            .Select(offer => request.AssumedNetworkGbitS is { } network ? offer.WithAssumedNetwork(network) : offer).ToList();
        var reasons = considered.ToLookup(offer => ReasonToExclude(offer, request, inputs));
        return new()
        {
            Considered = considered,
            Platforms = PlatformOffers.Group(
                reasons[null].SelectMany(offer => PricedOffer.Of(offer, request.Spot)), inputs,
                usesHosts: request.Offloads is { } kinds && kinds.Contains(Offload.Activations)),
            Excluded = [.. reasons.Where(group => group.Key is not null)
                .Select(group => new Exclusion(group.Key!, [.. group]))
                .OrderBy(exclusion => exclusion.Reason, StringComparer.Ordinal)],
        };
    }

    /// <summary>Own machines of which every number is tried; of more, as of those for rent, 1, 2, 4, … and all.</summary>
    private const int SmallFleet = 16;

    /// <summary>
    /// Node counts to try on a platform, ascending: the number asked for; or 1, 2, 4, …, as many as the request allows, all
    /// machines of an offer that has so many, and every number of a few own machines.
    /// </summary>
    internal static IEnumerable<int> NodeCounts(PlanRequest request, PlatformOffers offers)
    {
        var (gpusPerNode, most) = (offers.Platform.GpusPerNode, request.MaxGpus / offers.Platform.GpusPerNode);
        if (request.GpuCount is { } gpus)
            return gpus % gpusPerNode == 0 && gpus / gpusPerNode <= most ? [gpus / gpusPerNode] : [];
        var counts = new SortedSet<int>();
        foreach (var offer in offers.Offers.Select(priced => priced.Offer))
        {
            var all = Math.Min(offer.Stock ?? most, most);
            counts.UnionWith(offer.Owned && all <= SmallFleet ? Enumerable.Range(1, all) : Doubling(all));
        }
        return counts;
    }

    private static IEnumerable<int> Doubling(int all)
    {
        for (var nodes = 1; nodes < all; nodes *= 2)
            yield return nodes;
        if (all > 0)
            yield return all;
    }

    private static bool Kept(Offer offer, PlanRequest request) =>
        Named(request.Gpus, offer.Gpu) && Named(request.Providers, offer.Provider) && Named(request.Regions, offer.Region);

    private static bool Named(IReadOnlyList<string> names, string name) =>
        names.Count == 0 || names.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static string? ReasonToExclude(Offer offer, PlanRequest request, PlanningInputs inputs)
    {
        if (!inputs.Devices.TryGetValue(offer.Gpu, out var device) || !device.IsPredictable())
            return Reason.NoDatasheet;
        if (offer.GpusPerNode > request.MaxGpus)
            return Reason.MoreThanMaxGpus;
        return PricedOffer.Of(offer, request.Spot).Any() ? null : Reason.NoPrice;
    }
}

/// <summary>Offers left out for one reason.</summary>
/// <param name="Reason">One of <see cref="Reason"/>.</param>
/// <param name="Offers">The offers.</param>
public sealed record Exclusion(string Reason, IReadOnlyList<Offer> Offers);
