using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Planning.Requests;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>A platform with everybody who rents it: the unit of work of the search.</summary>
/// <param name="Platform">The hardware.</param>
/// <param name="Offers">Offers of it, in the order that breaks ties: provider, machine, region, on demand before spot.</param>
public sealed record PlatformOffers(Platform Platform, IReadOnlyList<PricedOffer> Offers)
{
    /// <summary>Groups priced offers by their hardware, in an order that does not depend on the catalog's order.</summary>
    /// <param name="offers">Offers at their prices.</param>
    /// <param name="inputs">Datasheets; the device of every offer has one.</param>
    public static IReadOnlyList<PlatformOffers> Group(IEnumerable<PricedOffer> offers, PlanningInputs inputs) =>
        [.. offers
            .OrderBy(priced => priced.Offer.Gpu, StringComparer.Ordinal)
            .ThenBy(priced => priced.Offer.GpusPerNode)
            .ThenBy(priced => priced.Offer.Provider, StringComparer.Ordinal)
            .ThenBy(priced => priced.Offer.InstanceType, StringComparer.Ordinal)
            .ThenBy(priced => priced.Offer.Region, StringComparer.Ordinal)
            .ThenBy(priced => priced.Spot)
            .ThenBy(priced => priced.UsdPerNodeHour)
            .GroupBy(priced => HardwareOf(priced.Offer, inputs))
            .Select(group => new PlatformOffers(group.Key, [.. group]))];

    private static Platform HardwareOf(Offer offer, PlanningInputs inputs) =>
        new(inputs.Devices[offer.Gpu], offer.GpusPerNode, offer.Link, inputs.UsableMemoryShare);
}
