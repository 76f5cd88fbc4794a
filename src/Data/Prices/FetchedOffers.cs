using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Prices;
using SlmPlanner.Core.Hardware;

namespace SlmPlanner.Data.Prices;

/// <summary>Fetched prices as offers, to be put over those that are shipped.</summary>
public static class FetchedOffers
{
    /// <summary>
    /// One offer for each machine and region, with the newest price of each kind; none at all where it is listed no more.
    /// </summary>
    /// <param name="points">The prices of a store.</param>
    /// <param name="devices">Devices by name.</param>
    /// <param name="networks">Links of machines.</param>
    public static IEnumerable<Offer> Of(IEnumerable<PricePoint> points, DeviceCatalog devices, NetworkCatalog networks) =>
        from point in points
        where point.Key.Basis == PriceKey.Machine && devices.TryFind(point.Key.Gpu, null, out _)
        group point by (point.Key.Provider, point.Key.InstanceType, point.Key.Region, point.Key.Gpu, point.Key.Gpus) into looks
        select Of(looks.Key, Newest(looks, PriceKey.OnDemand), Newest(looks, PriceKey.Spot), devices, networks);

    private static Offer Of(
        (string Provider, string InstanceType, string Region, string Gpu, int Gpus) machine, PricePoint? onDemand, PricePoint? spot,
        DeviceCatalog devices, NetworkCatalog networks)
    {
        var seen = (onDemand ?? spot!).LastDay;
        return new()
        {
            Provider = machine.Provider,
            InstanceType = machine.InstanceType,
            Region = machine.Region,
            Gpu = machine.Gpu,
            GpusPerNode = machine.Gpus,
            OnDemandUsdPerHour = onDemand?.UsdPerHour,
            SpotUsdPerHour = spot?.UsdPerHour,
            SpotSeen = spot is { UsdPerHour: not null } && spot.LastDay != seen ? PriceDates.On(spot.LastDay) : null,
            Link = networks.Link(machine.Provider, machine.InstanceType, devices.Find(machine.Gpu)),
            Source = (onDemand ?? spot!).Source,
            SeenFrom = seen,
            SeenUntil = seen,
        };
    }

    private static PricePoint? Newest(IEnumerable<PricePoint> looks, string kind) =>
        looks.Where(look => look.Key.Kind == kind).OrderBy(look => look.LastDay).ThenBy(look => look.Day).LastOrDefault();
}
