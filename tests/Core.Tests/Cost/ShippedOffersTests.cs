using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Tests.Cost;

public sealed class ShippedOffersTests
{
    private static readonly ProfileStore Store = ProfileStore.Open(Repository.Profiles);

    /// <summary>427 rows of November and 303 newer ones, 28 of them of the same machine in the same region.</summary>
    [Fact]
    public void Every_offer_is_read_once_and_only_the_doubtful_prices_are_dropped()
    {
        Assert.Equal(427 + 303 - 28, Store.Offers.Offers.Count);
        Assert.Equal(
            [("a3-highgpu-8g", true), ("a3-highgpu-8g", true), ("a3-highgpu-8g", true), ("a4-highgpu-8g", false)],
            Store.Offers.Findings.Cast<PriceDoubted>().Select(price => (price.Offer.InstanceType, price.IsSpot)).Order());
    }

    [Fact]
    public void A_card_that_a_catalog_calls_by_half_its_name_is_offered_as_the_card() =>
        Assert.Equal("H100-PCIe", Store.Offers.Offers.Single(offer => offer.InstanceType == "scaleway_H100x2").Gpu);

    /// <summary>By the newest rows of 2026-10-10, a spot price alone.</summary>
    [Theory]
    [InlineData("gcp", "a4-highgpu-8g", "us-central1", 39.6336)]
    [InlineData("azure", "Standard_ND96isr_H100_v5", "eastus", 18.1695)]
    public void A_machine_that_is_no_longer_priced_on_demand_is_left_with_its_spot_price(string provider, string instance, string region,
        double spot)
    {
        var offer = Store.Offers.Offers.Single(one => one.Provider == provider && one.InstanceType == instance && one.Region == region);
        Assert.Null(offer.OnDemandUsdPerHour);
        Assert.Equal(spot, offer.SpotUsdPerHour);
        Assert.Equal(new DateOnly(2026, 10, 10), offer.SeenUntil);
    }

    [Fact]
    public void A_price_of_another_day_keeps_its_own_date()
    {
        var offer = Store.Offers.Offers.Single(one => one.InstanceType == "p5.48xlarge" && one.Region == "ap-south-1");
        Assert.Equal((66.048, new DateOnly(2026, 10, 10)), (offer.OnDemandUsdPerHour, offer.SeenOf(spot: false).Until));
        Assert.Equal((18.01, new DateOnly(2026, 5, 20)), (offer.SpotUsdPerHour, offer.SeenOf(spot: true).From));
        Assert.Equal(192, offer.Vcpus);
    }

    [Fact]
    public void Every_offer_has_a_known_device_a_price_and_a_link_inside() => Assert.All(Store.Offers.Offers, offer =>
    {
        Assert.Equal(offer.Gpu, Store.Devices.Find(offer.Gpu).Name);
        Assert.True(offer.OnDemandUsdPerHour > 0 || offer.SpotUsdPerHour > 0);
        Assert.True(offer.Link is not null && (offer.Link.IntraNodeGbS > 0 || offer.Gpu is "A10G"));
    });

    [Theory]
    [InlineData("aws", "p5.48xlarge", 900, 3200.0)]
    [InlineData("aws", "g6e.48xlarge", 64, 400.0)]
    [InlineData("lambda", "gpu_8x_h100_sxm5", 900, null)]
    [InlineData("hyperstack", "n3-A100x8-NVLink", 64, null)]
    public void Links_come_from_the_list_and_else_from_the_form_factor(string provider, string instance, double intra, double? inter)
    {
        var link = Store.Offers.Offers.First(offer => offer.Provider == provider && offer.InstanceType == instance).Link!;
        Assert.Equal(intra, link.IntraNodeGbS);
        Assert.Equal(inter, link.InterNodeGbitS);
    }

    [Fact]
    public void A_machine_that_is_known_to_hold_cards_is_not_offered_as_modules() => Assert.All(
        Store.Offers.Offers.Where(offer => offer.InstanceType.StartsWith("Standard_NC", StringComparison.Ordinal)
            && offer.Gpu.StartsWith("A100", StringComparison.Ordinal)),
        offer => Assert.Equal("A100-80GB-PCIe", offer.Gpu));

    [Fact]
    public void A_network_stated_by_the_user_fills_only_what_is_unknown()
    {
        var assumed = Store.Offers.WithAssumedNetwork(200);
        Assert.All(assumed.Offers, offer => Assert.NotNull(offer.Link!.InterNodeGbitS));
        Assert.Equal(3200, assumed.Offers.First(offer => offer.InstanceType == "p5.48xlarge").Link!.InterNodeGbitS);
    }

    [Fact]
    public void The_age_of_the_snapshot_is_told()
    {
        Assert.Equal(new DateOnly(2026, 2, 11), Store.Offers.Oldest);
        var finding = PriceAge.Stale(Store.Offers.Offers, new DateOnly(2026, 11, 24));
        Assert.Equal(new StalePrices(Offers: 702, Surely: 514, Perhaps: 170, Days: 30), finding);
    }
}
