using SlmPlanner.Core.Findings;

namespace SlmPlanner.Core.Economics.Cost;

/// <summary>A price that can't be true, or is another kind of price, and is dropped.</summary>
/// <param name="Offer">The offer.</param>
public abstract record PriceDropped(Offer Offer) : Finding(Severity.Warning, "price-dropped");

/// <summary>A price per device out of the believable range.</summary>
/// <param name="Offer">The offer.</param>
/// <param name="IsSpot">True for its spot price, false for its on-demand price.</param>
/// <param name="UsdPerHour">The price of the machine.</param>
/// <param name="LeastUsdPerGpuHour">Least believable price per device.</param>
/// <param name="MostUsdPerGpuHour">Most believable.</param>
public sealed record PriceUnbelievable(Offer Offer, bool IsSpot, double UsdPerHour, double LeastUsdPerGpuHour, double MostUsdPerGpuHour)
    : PriceDropped(Offer);

/// <summary>A spot price above the on-demand price: one of them is wrong.</summary>
/// <param name="Offer">The offer.</param>
/// <param name="SpotUsdPerHour">The spot price.</param>
/// <param name="OnDemandUsdPerHour">The on-demand price.</param>
/// <param name="SpotDropped">True when the spot price is dropped, false when the on-demand price is.</param>
public sealed record SpotAboveOnDemand(Offer Offer, double SpotUsdPerHour, double OnDemandUsdPerHour, bool SpotDropped)
    : PriceDropped(Offer);

/// <summary>An on-demand price far below that of the dearest region, taken for the price of a commitment.</summary>
/// <param name="Offer">The offer.</param>
/// <param name="UsdPerHour">Its on-demand price.</param>
/// <param name="DearestUsdPerHour">That of the dearest region.</param>
/// <param name="LeastShare">Share of it below which a price is dropped.</param>
public sealed record CommitmentPrice(Offer Offer, double UsdPerHour, double DearestUsdPerHour, double LeastShare) : PriceDropped(Offer);

/// <summary>A price that a later look at the same market contradicts; see <c>providers.json</c>.</summary>
/// <param name="Offer">The offer.</param>
/// <param name="IsSpot">True for its spot price, false for its on-demand price.</param>
/// <param name="UsdPerHour">The price of the machine.</param>
/// <param name="Reason">What contradicts it, in the words of the file.</param>
public sealed record PriceDoubted(Offer Offer, bool IsSpot, double UsdPerHour, string Reason) : PriceDropped(Offer);

/// <summary>Offers whose catalog leaves out the price of their local disks.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="MachineFamily">Start of the machines' names.</param>
/// <param name="Offers">How many.</param>
public sealed record LocalDisksNotPriced(string Provider, string MachineFamily, int Offers)
    : Finding(Severity.Hint, "local-disks-not-priced");

/// <summary>No offer passes the filters of a listing.</summary>
/// <param name="Offers">Offers of the catalog.</param>
public sealed record NoOfferMatches(int Offers) : Finding(Severity.Warning, "no-offer-matches");
