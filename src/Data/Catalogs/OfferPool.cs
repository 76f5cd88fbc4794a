using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Data.Offers;

namespace SlmPlanner.Data.Catalogs;

/// <summary>
/// Offers without repeats: of one machine in one region the later price counts; of two seen on one day (zones of a
/// region, or spot and on-demand in rows of their own) the cheaper of each kind.
/// </summary>
internal sealed class OfferPool
{
    /// <summary>The most offers that are held: many times what all known catalogs list.</summary>
    public const int Most = 1_000_000;

    private readonly Dictionary<(string Provider, string Instance, string Region, string Gpu, int Count), Offer> _offers = [];

    /// <summary>Rows that were put into an offer that was there already.</summary>
    public int Repeats { get; private set; }

    /// <summary>The offers, by provider, device, number, machine and region.</summary>
    public IReadOnlyList<Offer> Offers =>
    [
        .. _offers.Values.OrderBy(offer => offer.Provider, StringComparer.Ordinal).ThenBy(offer => offer.Gpu, StringComparer.Ordinal)
            .ThenBy(offer => offer.GpusPerNode).ThenBy(offer => offer.InstanceType, StringComparer.Ordinal)
            .ThenBy(offer => offer.Region, StringComparer.Ordinal),
    ];

    public void Add(Offer offer)
    {
        var key = (offer.Provider, offer.InstanceType, offer.Region, offer.Gpu, offer.GpusPerNode);
        if (_offers.TryGetValue(key, out var known))
        {
            Repeats++;
            _offers[key] = offer.SeenUntil == known.SeenUntil ? Cheaper(known, offer)
                : offer.SeenUntil > known.SeenUntil ? NewestPrices.Join(known, offer) : NewestPrices.Join(offer, known);
        }
        else if (_offers.Count < Most)
            _offers.Add(key, offer);
        else
            throw new InputException($"the catalogs hold more than {Most} offers");
    }

    private static Offer Cheaper(Offer known, Offer offer) => known with
    {
        OnDemandUsdPerHour = Least(known.OnDemandUsdPerHour, offer.OnDemandUsdPerHour),
        SpotUsdPerHour = Least(known.SpotUsdPerHour, offer.SpotUsdPerHour),
    };

    private static double? Least(double? left, double? right) =>
        left is null || right < left ? right ?? left : left;
}
