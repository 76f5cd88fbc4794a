using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Units;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>
/// Hardware apart from who rents it: offers that share a platform share every prediction of time and memory.
/// </summary>
/// <param name="Device">The device.</param>
/// <param name="GpusPerNode">Devices per machine, ≥ 1.</param>
/// <param name="Link">Links inside and between machines; null when unknown.</param>
/// <param name="UsableMemoryShare">Share of a device's memory that a plan may use.</param>
public sealed record Platform(Accelerator Device, int GpusPerNode, NodeLink? Link, double UsableMemoryShare = 1)
{
    /// <summary>True when several machines can train together: their network's rate is known.</summary>
    public bool CanSpanNodes => Link?.InterNodeGbitS is > 0;

    /// <summary>
    /// Share of the host's memory that ranks may use together; the rest is the system's, the data's and the programs' (assumed).
    /// </summary>
    private const double HostShare = 0.8;

    /// <summary>Memory of one machine's host, GiB; null where it is not stated, and where nothing asked for waits in it.</summary>
    public double? HostMemoryGib { get; init; }

    /// <summary>What of it ranks may use together, bytes; infinite where it is not known.</summary>
    public double HostBytes => HostMemoryGib is { } gib ? HostShare * Bytes.FromGiB(gib).Count : double.PositiveInfinity;

    /// <summary>Memory of one device that a run may use, in bytes; what the framework itself takes is part of the memory model.</summary>
    public double UsableBytes => Bytes.FromGiB(Device.MemoryGib).Count * UsableMemoryShare;
}

/// <summary>A platform with everybody who rents it: the unit of work of the search.</summary>
/// <param name="Platform">The hardware.</param>
/// <param name="Offers">Offers of it, in the order that breaks ties: provider, machine, region, on demand before spot.</param>
public sealed record PlatformOffers(Platform Platform, IReadOnlyList<PricedOffer> Offers)
{
    /// <summary>Groups priced offers by their hardware, in an order that does not depend on the catalog's order.</summary>
    /// <param name="offers">Offers at their prices.</param>
    /// <param name="inputs">Datasheets; the device of every offer has one.</param>
    /// <param name="usesHosts">True where machines differ that differ in their host's memory alone.</param>
    public static IReadOnlyList<PlatformOffers> Group(IEnumerable<PricedOffer> offers, PlanningInputs inputs, bool usesHosts = false) =>
        [.. offers
            .OrderBy(priced => priced.Offer.Gpu, StringComparer.Ordinal)
            .ThenBy(priced => priced.Offer.GpusPerNode)
            .ThenBy(priced => priced.Offer.Provider, StringComparer.Ordinal)
            .ThenBy(priced => priced.Offer.InstanceType, StringComparer.Ordinal)
            .ThenBy(priced => priced.Offer.Region, StringComparer.Ordinal)
            .ThenBy(priced => priced.Spot)
            .ThenBy(priced => priced.UsdPerNodeHour)
            .GroupBy(priced => HardwareOf(priced.Offer, inputs, usesHosts))
            .Select(group => new PlatformOffers(group.Key, [.. group]))];

    private static Platform HardwareOf(Offer offer, PlanningInputs inputs, bool usesHosts) =>
        new(inputs.Devices[offer.Gpu], offer.GpusPerNode, offer.Link, inputs.UsableMemoryShare)
        {
            HostMemoryGib = usesHosts ? offer.HostMemoryGib : null,
        };
}

/// <summary>An offer under one of its two prices.</summary>
/// <param name="Offer">What is rented.</param>
/// <param name="Spot">True for the interruptible price.</param>
/// <param name="UsdPerNodeHour">The price of one machine for an hour.</param>
public sealed record PricedOffer(Offer Offer, bool Spot, double UsdPerNodeHour)
{
    /// <summary>The prices of an offer that a request allows: on demand, and spot too when asked for.</summary>
    public static IEnumerable<PricedOffer> Of(Offer offer, bool spotAllowed)
    {
        if (offer.OnDemandUsdPerHour is > 0 and var onDemand)
            yield return new(offer, Spot: false, onDemand);
        if (spotAllowed && offer.SpotUsdPerHour is > 0 and var spot)
            yield return new(offer, Spot: true, spot);
    }
}
