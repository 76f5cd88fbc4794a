using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Findings;

namespace SlmPlanner.Data.Offers;

/// <summary>Drops the part of an offer's price that can't be true and says so, instead of planning on it.</summary>
public static class OfferRules
{
    /// <summary>Below this a price per device and hour is a mistake of the catalog (zeros and cents have been seen), USD.</summary>
    public const double LeastUsdPerGpuHour = 0.02;

    /// <summary>Above this a price per device and hour is a mistake of the catalog, USD.</summary>
    public const double MostUsdPerGpuHour = 200;

    /// <summary>The offer with its believable prices, and one finding for each price dropped. Null when no price is left.</summary>
    internal static Offer? Check(Offer offer, ProviderFacts providers, ICollection<Finding> findings)
    {
        var doubts = providers.Of(offer.Provider).Doubts ?? [];
        var onDemand = Believable(offer, offer.OnDemandUsdPerHour, isSpot: false, doubts, findings);
        var spot = Believable(offer, offer.SpotUsdPerHour, isSpot: true, doubts, findings);
        if (onDemand < spot)
        {
            var onDemandIsWrong = providers.Of(offer.Provider).OnDemandIsWrongBelowSpot;
            findings.Add(new SpotAboveOnDemand(offer, spot!.Value, onDemand!.Value, SpotDropped: !onDemandIsWrong));
            onDemand = onDemandIsWrong ? null : onDemand;
            spot = onDemandIsWrong ? spot : null;
        }
        return onDemand is null && spot is null ? null : offer with { OnDemandUsdPerHour = onDemand, SpotUsdPerHour = spot };
    }

    private static double? Believable(
        Offer offer, double? usdPerHour, bool isSpot, IReadOnlyList<PriceDoubt> doubts, ICollection<Finding> findings)
    {
        if (usdPerHour is not { } price)
            return null;
        if (doubts.FirstOrDefault(doubt => doubt.Covers(offer, isSpot)) is { } doubted)
        {
            findings.Add(new PriceDoubted(offer, isSpot, price, doubted.Reason));
            return null;
        }
        var perGpu = price / offer.GpusPerNode;
        if (perGpu is >= LeastUsdPerGpuHour and <= MostUsdPerGpuHour)
            return price;
        findings.Add(new PriceUnbelievable(offer, isSpot, price, LeastUsdPerGpuHour, MostUsdPerGpuHour));
        return null;
    }
}
