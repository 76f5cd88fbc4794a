using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Prices;
using SlmPlanner.Core.Planning.Forecasts;

namespace SlmPlanner.Tests.Prices;

public sealed class PriceDriftTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);
    private static readonly Offer Offer = new()
    {
        Provider = "p", InstanceType = "m", Region = "any", Gpu = "G", GpusPerNode = 1, OnDemandUsdPerHour = 10, Source = "s",
            SeenUntil = Today,
    };

    /// <summary>One provider whose price rose by a tenth in every thirty days.</summary>
    private static readonly PriceOutlook Rising = new(PriceSeries.Of(Enumerable.Range(0, 12).Select(month => new PricePoint(
        new("p", "G", 1, "any", PriceKey.OnDemand, PriceKey.Machine, ""), Today.AddDays(30 * (month - 12)), Math.Pow(1.1, month), "s"))));

    [Theory]
    [InlineData(0, 10)]
    [InlineData(30, 11)]
    [InlineData(60, 12.1)]
    [InlineData(360, 31.384283767)]
    public void A_price_drifts_as_it_did(int days, double expected) =>
        Assert.Equal(expected, PriceDrift.To([Offer], Today, Today.AddDays(days), Rising)[0].OnDemandUsdPerHour!.Value, 6);

    [Fact]
    public void What_is_agreed_or_owned_does_not_drift()
    {
        Offer[] agreed = [Offer with { TermMonths = 3 }, Offer with { Owned = true }];
        Assert.Equal(agreed, PriceDrift.To(agreed, Today, Today.AddDays(60), Rising));
    }

    [Fact]
    public void The_past_can_not_be_rented() => Assert.Contains(
        "allowed from today, 2026-11-24", Assert.Throws<InputException>(() =>
            PriceDrift.To([Offer], Today, Today.AddDays(-1), Rising)).Message, StringComparison.Ordinal);
}
