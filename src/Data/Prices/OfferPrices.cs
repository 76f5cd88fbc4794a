using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Prices;

namespace SlmPlanner.Data.Prices;

/// <summary>What rows of offers say of prices over time: each row is a look at one machine, and a blank is a price that ended.</summary>
public static class OfferPrices
{
    /// <summary>
    /// The prices of rows, before the newest of each offer was taken; a blank counts only where there was a price before. A row of which
    /// no first day is known may be of any age and says nothing.
    /// </summary>
    public static IEnumerable<PricePoint> Of(IEnumerable<Offer> rows) => rows
        .Where(row => row.TermMonths is null && !row.Owned && row.SeenFrom is not null)
        .GroupBy(row => (row.Provider, row.Gpu, row.GpusPerNode, row.Region, row.InstanceType))
        .SelectMany(looks => Points([.. looks.OrderBy(look => look.SeenFrom)]));

    /// <summary>A blank on-demand price says that it is sold no more; a blank spot price says nothing.</summary>
    private static IEnumerable<PricePoint> Points(IReadOnlyList<Offer> looks)
    {
        var priced = false;
        foreach (var look in looks)
        {
            if (look.OnDemandUsdPerHour is not null || priced)
                yield return Point(look, PriceKey.OnDemand, look.OnDemandUsdPerHour);
            priced |= look.OnDemandUsdPerHour is not null;
            if (look.SpotUsdPerHour is not null)
                yield return Point(look, PriceKey.Spot, look.SpotUsdPerHour);
        }
    }

    private static PricePoint Point(Offer look, string kind, double? usdPerHour) => new(
        new(look.Provider, look.Gpu, look.GpusPerNode, look.Region, kind, PriceKey.Machine, look.InstanceType),
        look.SeenFrom!.Value, usdPerHour, look.Source);
}
