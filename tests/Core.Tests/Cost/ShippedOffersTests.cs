using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Tests.Cost;

public sealed class ShippedOffersTests
{
    private static readonly ProfileStore Store = ProfileStore.Open(Repository.Profiles);

    [Fact]
    public void Every_offer_of_the_snapshot_is_read_and_none_needs_mending()
    {
        Assert.Equal(427, Store.Offers.Offers.Count);
        Assert.Empty(Store.Offers.Findings);
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
        Store.Offers.Offers.Where(offer => offer.InstanceType.StartsWith("Standard_NC", StringComparison.Ordinal) && offer.Gpu.StartsWith("A100", StringComparison.Ordinal)),
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
        Assert.Equal(new DateOnly(2026, 4, 29), Store.Offers.Oldest);
        var finding = PriceAge.Stale(Store.Offers.Offers, new DateOnly(2026, 11, 24));
        Assert.Equal(new StalePrices(Offers: 427, Surely: 254, Perhaps: 155, Days: 30), finding);
    }
}
