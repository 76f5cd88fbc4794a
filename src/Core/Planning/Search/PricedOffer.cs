using SlmPlanner.Core.Economics.Cost;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>An offer under one of its two prices.</summary>
/// <param name="Offer">What is rented.</param>
/// <param name="Spot">True for the interruptible price.</param>
/// <param name="UsdPerNodeHour">The price of one machine for an hour.</param>
public sealed record PricedOffer(Offer Offer, bool Spot, double UsdPerNodeHour)
{
    /// <summary>The prices of an offer that a request allows: on demand, and spot too when asked for.</summary>
    public static IEnumerable<PricedOffer> Of(Offer offer, bool spotAllowed)
    {
        if (offer.OnDemandUsdPerHour is > 0 and var onDemand)
            yield return new(offer, Spot: false, onDemand);
        if (spotAllowed && offer.SpotUsdPerHour is > 0 and var spot)
            yield return new(offer, Spot: true, spot);
    }
}
