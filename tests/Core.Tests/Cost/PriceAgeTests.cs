using SlmPlanner.Core.Economics.Cost;

namespace SlmPlanner.Tests.Cost;

/// <summary>Ages of prices in days, by hand, on 31 January.</summary>
public sealed class PriceAgeTests
{
    private static readonly DateOnly Today = new(2026, 1, 31);

    /// <summary>Thirty days are not too many; one more may be, where the first day is that old or not known, and surely is, where the last
    /// day is.</summary>
    [Theory]
    [InlineData(30, 30, 0, 0)]
    [InlineData(31, 30, 0, 1)]
    [InlineData(null, 30, 0, 1)]
    [InlineData(31, 31, 1, 0)]
    public void A_price_is_stale_after_thirty_days(int? from, int until, int surely, int perhaps)
    {
        var finding = PriceAge.Stale([Seen(from, until)], Today);
        Assert.Equal(surely + perhaps == 0 ? null : new StalePrices(1, surely, perhaps, 30), finding);
    }

    /// <summary>As many that surely are as may be are both told.</summary>
    [Fact]
    public void Both_kinds_are_told() =>
        Assert.Equal(new StalePrices(3, 1, 1, 30), PriceAge.Stale([Seen(40, 40), Seen(40, 1), Seen(1, 1)], Today));

    /// <summary>A catalog is as old as its oldest price may be and as new as its newest was seen.</summary>
    [Fact]
    public void A_catalog_spans_its_prices()
    {
        var catalog = OfferCatalog.Make("prices", [Seen(40, 20), Seen(null, 30), Seen(5, 1)], []);
        Assert.Equal((Today.AddDays(-40), Today.AddDays(-1)), (catalog.Oldest, catalog.Newest));
    }

    private static Offer Seen(int? from, int until) => new()
    {
        Provider = "provider", InstanceType = "machine", Region = "any", Gpu = "gpu", GpusPerNode = 1, Source = "here",
        SeenFrom = from is { } days ? Today.AddDays(-days) : null, SeenUntil = Today.AddDays(-until),
    };
}
