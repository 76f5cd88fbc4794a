using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Data.Catalogs;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Tests.Catalogs;

/// <summary>Imports texts against the shipped devices, networks and hosts.</summary>
internal static class CatalogFixture
{
    public static readonly ProfileStore Store = ProfileStore.Open(Repository.Profiles);
    public static readonly PriceDates Dates = PriceDates.On(new(2026, 5, 20));
    public static readonly ImportFacts Facts = new(Store.Devices, Store.Networks, new(Store.Hosts), Store.Providers, Dates);

    public static (OfferImport Import, SkipLog Skips) Import(CatalogFormat format, string provider, string text,
        params IEnumerable<Offer> existing)
    {
        var skips = new SkipLog();
        var file = new CatalogFile(provider, $"{provider}/vms.csv", () => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), null);
        return (OfferImport.Run(format, [file], existing, Facts, skips), skips);
    }

    public static string Single(this SkipLog skips)
    {
        var reason = Assert.Single(skips.Reasons);
        return $"{reason.First[0].Line}: {reason.Reason}: {reason.First[0].Subject}";
    }
}
