using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Data.Offers;

namespace SlmPlanner.Data.Catalogs;

/// <summary>
/// Finds on-demand prices that are really those of a commitment: of some providers (<c>providers.json</c>) catalogs list newer
/// modules in some regions far below the others.
/// </summary>
internal static class CommittedUsePrices
{
    /// <summary>The offers with such prices dropped, and a finding for each; an offer without another price is left out.</summary>
    public static IEnumerable<Offer> Drop(
        IReadOnlyList<Offer> offers, DeviceCatalog devices, ProviderFacts providers, ICollection<Finding> findings)
    {
        var dearest = offers.Where(offer => Rule(offer, devices, providers) is not null)
            .GroupBy(offer => (offer.Provider, offer.InstanceType))
            .ToDictionary(group => group.Key, group => group.Max(offer => offer.OnDemandUsdPerHour!.Value));
        foreach (var offer in offers)
        {
            var least = Rule(offer, devices, providers)?.LeastShareOfDearest;
            var doubtful = least is { } share && offer.OnDemandUsdPerHour < share * dearest[(offer.Provider, offer.InstanceType)];
            if (doubtful)
                findings.Add(new CommitmentPrice(
                    offer, offer.OnDemandUsdPerHour!.Value, dearest[(offer.Provider, offer.InstanceType)], least!.Value));
            if (!doubtful)
                yield return offer;
            else if (offer.SpotUsdPerHour is not null)
                yield return offer with { OnDemandUsdPerHour = null };
        }
    }

    private static CommitmentRule? Rule(Offer offer, DeviceCatalog devices, ProviderFacts providers) =>
        offer.OnDemandUsdPerHour is not null && providers.Of(offer.Provider).Commitments is { } rule
        && devices.TryFind(offer.Gpu, null, out var device)
        && device.HasModuleLink()
        && double.TryParse(device.Architecture, System.Globalization.CultureInfo.InvariantCulture, out var capability)
        && capability >= rule.FromComputeCapability
            ? rule : null;
}
