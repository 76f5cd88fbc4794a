using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Prices;
using SlmPlanner.Core.Findings;
using SlmPlanner.Data.Offers;
using SlmPlanner.Data.Prices;

namespace SlmPlanner.Data.Profiles;

/// <summary>Reads prices over time from the profiles: <c>prices/*.csv</c>, and the rows of <c>offers/*.csv</c>.</summary>
internal static class PriceHistory
{
    /// <summary>All prices; a price of a row that can't be true is left out.</summary>
    /// <exception cref="Core.InputException">A row is wrong.</exception>
    public static IReadOnlyList<PricePoint> Read(ProfileStore store) =>
    [
        .. store.Files("prices", "*.csv").SelectMany(path => PriceHistoryFile.Read(path, store.Devices, store.Networks)),
        .. OfferPrices.Of(Rows(store)),
    ];

    private static IEnumerable<Offer> Rows(ProfileStore store)
    {
        var dropped = new List<Finding>();
        return store.OfferRows.Select(row => OfferRules.Check(row, store.Providers, dropped)).OfType<Offer>();
    }
}
