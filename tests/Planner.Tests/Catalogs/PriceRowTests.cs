using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Data.Catalogs;

namespace SlmPlanner.Tests.Catalogs;

public sealed class PriceRowTests
{
    private static readonly OfferCatalog Catalog = CatalogFixture.Store.Offers;

    [Fact]
    public void Dollars_per_petaflop_come_from_the_dense_peak()
    {
        var row = Rows(gpu: "H100:8", providers: "lambda")[0];
        Assert.Equal(row.OnDemand.OnDemandUsdPerHour!.Value / (8 * 989.5 * 3.6), row.UsdPerPetaflop!.Value, 12);
        Assert.Equal(row.OnDemand.OnDemandUsdPerHour!.Value / 640, row.UsdPerGibHour, 12);
    }

    [Fact]
    public void The_cheapest_spot_region_is_found_apart_from_the_cheapest_on_demand_region()
    {
        var all = Rows(gpu: "A10G", everyRegion: true);
        var cheapest = all.Where(row => row.Spot is not null).GroupBy(row => row.OnDemand.InstanceType)
            .ToDictionary(group => group.Key, group => group.Min(row => row.Spot!.SpotUsdPerHour));
        Assert.All(Rows(gpu: "A10G"), row => Assert.Equal(cheapest.GetValueOrDefault(row.OnDemand.InstanceType), row.Spot?.SpotUsdPerHour));
    }

    [Fact]
    public void Filters_keep_only_what_they_name()
    {
        Assert.All(Rows(gpu: "h100,L4:1", providers: "aws,gcp"),
            row => Assert.True(row.Device.Name == "H100-SXM" || (row.Device.Name == "L4" && row.OnDemand.GpusPerNode == 1)));
        Assert.All(Rows(maxUsd: 1), row => Assert.True(row.LeastUsdPerHour <= 1));
        Assert.All(Rows(spot: true), row => Assert.NotNull(row.Spot));
        Assert.All(Rows(regions: "us-east-1", everyRegion: true), row => Assert.Equal("us-east-1", row.OnDemand.Region));
    }

    [Theory]
    [InlineData("H1", null, null, null, "unknown GPU 'H1'")]
    [InlineData("H100:x", null, null, null, "expected NAME or NAME:COUNT")]
    [InlineData(null, "amazon", null, null, "unknown provider 'amazon'")]
    [InlineData(null, null, "mars", null, "unknown region 'mars'")]
    [InlineData(null, null, null, -1.0, "--max-usd is -1")]
    [InlineData(null, null, null, double.NaN, "--max-usd is NaN")]
    public void A_wrong_filter_is_refused_and_named(string? gpu, string? providers, string? regions, double? maxUsd, string part) =>
        Assert.Contains(part, Assert.Throws<InputException>(() => Rows(gpu, providers, regions, false, maxUsd)).Message,
            StringComparison.Ordinal);

    private static IReadOnlyList<PriceRow> Rows(string? gpu = null, string? providers = null, string? regions = null, bool spot = false,
        double? maxUsd = null, bool everyRegion = false) =>
        PriceRow.Of(Catalog.Offers, OfferFilter.Parse(gpu, providers, regions, spot, maxUsd, CatalogFixture.Store.Devices, Catalog),
            CatalogFixture.Store.Devices, everyRegion);
}
