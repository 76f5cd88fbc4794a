using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Hardware;

namespace SlmPlanner.Data.Catalogs;

/// <summary>
/// Finds on-demand prices that are really those of a commitment: catalogs list Google's A100 and newer modules in some
/// regions 40 to 70 % below the others, where the real regional spread is below a third.
/// </summary>
internal static class CommittedUsePrices
{
    private const double LeastShareOfDearest = 0.65;
    private const double FirstArchitecture = 8.0;
    private static readonly HashSet<string> Providers = ["gcp"];

    /// <summary>The offers with such prices dropped, and a finding for each; an offer without another price is left out.</summary>
    public static IEnumerable<Offer> Drop(IReadOnlyList<Offer> offers, DeviceCatalog devices, ICollection<Finding> findings)
    {
        var dearest = offers.Where(offer => Applies(offer, devices)).GroupBy(offer => (offer.Provider, offer.InstanceType))
            .ToDictionary(group => group.Key, group => group.Max(offer => offer.OnDemandUsdPerHour!.Value));
        foreach (var offer in offers)
        {
            var doubtful = Applies(offer, devices)
                && offer.OnDemandUsdPerHour < LeastShareOfDearest * dearest[(offer.Provider, offer.InstanceType)];
            if (doubtful)
                findings.Add(new CommitmentPrice(
                    offer, offer.OnDemandUsdPerHour!.Value, dearest[(offer.Provider, offer.InstanceType)], LeastShareOfDearest));
            if (!doubtful)
                yield return offer;
            else if (offer.SpotUsdPerHour is not null)
                yield return offer with { OnDemandUsdPerHour = null };
        }
    }

    private static bool Applies(Offer offer, DeviceCatalog devices) =>
        offer.OnDemandUsdPerHour is not null && Providers.Contains(offer.Provider)
        && devices.TryFind(offer.Gpu, null, out var device)
        && device.HasModuleLink()
        && double.TryParse(device.ComputeCapability, System.Globalization.CultureInfo.InvariantCulture, out var architecture) && architecture >= FirstArchitecture;
}
