using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Data.Catalogs;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Planner.Listings;

/// <summary>The columns in which prices are listed; the first ones are those of <c>sky show-gpus</c>.</summary>
internal static class PriceList
{
    /// <summary>A price list.</summary>
    public static Listing<PriceRow> Of(IReadOnlyList<PriceRow> rows) => new("offers", "Offers", rows,
        new("gpu", "GPU", row => row.Device.Name),
        new("gpus_per_node", "QTY", row => row.OnDemand.GpusPerNode, IsNumber: true),
        new("provider", "CLOUD", row => row.OnDemand.Provider),
        new("instance_type", "INSTANCE_TYPE", row => row.OnDemand.InstanceType),
        new("gpu_memory_gib", "DEVICE_MEM", row => row.Device.MemoryGib, row => $"{PlainNumber(row.Device.MemoryGib)} GiB", true),
        new("vcpus", "vCPUs", row => row.OnDemand.Vcpus, IsNumber: true),
        new("host_memory_gib", "HOST_MEM", row => row.OnDemand.HostMemoryGib, IsNumber: true),
        new("usd_per_hour", "HOURLY_PRICE", row => row.OnDemand.OnDemandUsdPerHour, row => Dollars(row.OnDemand.OnDemandUsdPerHour), true),
        new("region", "REGION", row => row.OnDemand.Region),
        new("spot_usd_per_hour", "HOURLY_SPOT_PRICE", row => row.Spot?.SpotUsdPerHour, row => Dollars(row.Spot?.SpotUsdPerHour), true),
        new("spot_region", "SPOT_REGION", row => row.Spot?.Region),
        new("usd_per_petaflop", $"{ShownCurrency.Current.Code}/PFLOP", row => row.UsdPerPetaflop, row => row.UsdPerPetaflop is { } usd
            ? ShownCurrency.Sign + Readable.UsdNumber(usd) : Readable.Missing, true),
        new("usd_per_gib_hour", $"{ShownCurrency.Current.Code}/GiB/h", row => row.UsdPerGibHour,
            row => ShownCurrency.Sign + Readable.UsdNumber(row.UsdPerGibHour), true),
        new("seen", "SEEN", row => Seen(row.OnDemand)));

    /// <summary>Everything known of the offers of one machine type.</summary>
    public static Listing<Offer> Details(string name, IReadOnlyList<Offer> offers) => new("offers", name, offers,
        new("provider", "Provider", offer => offer.Provider),
        new("region", "Region", offer => offer.Region),
        new("gpu", "GPU", offer => offer.Gpu),
        new("gpus_per_node", "GPUs", offer => offer.GpusPerNode, IsNumber: true),
        new("usd_per_hour", "On demand", offer => offer.OnDemandUsdPerHour, offer => Dollars(offer.OnDemandUsdPerHour), true),
        new("spot_usd_per_hour", "Spot", offer => offer.SpotUsdPerHour, offer => Dollars(offer.SpotUsdPerHour), true),
        new("vcpus", "vCPUs", offer => offer.Vcpus, IsNumber: true),
        new("host_memory_gib", "Host GiB", offer => offer.HostMemoryGib, IsNumber: true),
        new("intra_node_gb_s", "Inside GB/s", offer => offer.Link?.IntraNodeGbS, IsNumber: true),
        new("inter_node_gbit_s", "Network Gbit/s", offer => offer.Link?.InterNodeGbitS, IsNumber: true),
        new("fabric", "Links", offer => offer.Link?.Fabric),
        new("seen", "Seen", Seen),
        new("source", "Source", offer => offer.Source));

    private static string Seen(Offer offer) => new PriceDates(offer.SeenFrom, offer.SeenUntil).ToString();

    private static string Dollars(double? usd) => usd is { } price
        ? FormattableString.Invariant($"{ShownCurrency.Sign}{price * ShownCurrency.Current.PerUsd:0.000}") : Readable.Missing;

    private static string PlainNumber(double number) => FormattableString.Invariant($"{number:0.#}");
}
