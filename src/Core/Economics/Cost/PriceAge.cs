using SlmPlanner.Core.Findings;

namespace SlmPlanner.Core.Economics.Cost;

/// <summary>Prices that are, or may be, older than allowed.</summary>
/// <param name="Offers">Prices considered.</param>
/// <param name="Surely">Those surely too old.</param>
/// <param name="Perhaps">Those whose date is an interval that reaches too far back, or unknown.</param>
/// <param name="Days">Days allowed.</param>
public sealed record StalePrices(int Offers, int Surely, int Perhaps, int Days) : Finding(Severity.Warning, "stale-prices");

/// <summary>Says how old prices are.</summary>
public static class PriceAge
{
    /// <summary>Days after which a price is called stale: in half a year prices moved by up to 50 % (docs/profiles.md).</summary>
    public const int StaleAfterDays = 30;

    /// <summary>Days since the price was last seen: it is at least that old.</summary>
    public static int LeastDays(Offer offer, DateOnly today) => today.DayNumber - offer.SeenUntil.DayNumber;

    /// <summary>Days since the earliest day the price may be from; null when that is unknown.</summary>
    public static int? MostDays(Offer offer, DateOnly today) =>
        offer.SeenFrom is { } from ? today.DayNumber - from.DayNumber : null;

    /// <summary>A warning when prices are, or may be, older than allowed; null when all are known to be fresh.</summary>
    /// <param name="offers">The offers considered.</param>
    /// <param name="today">The day of the plan.</param>
    /// <param name="staleAfterDays">Days allowed.</param>
    public static Finding? Stale(IReadOnlyCollection<Offer> offers, DateOnly today, int staleAfterDays = StaleAfterDays)
    {
        var surely = offers.Count(offer => LeastDays(offer, today) > staleAfterDays);
        var perhaps = offers.Count(offer => LeastDays(offer, today) <= staleAfterDays && !(MostDays(offer, today) <= staleAfterDays));
        return surely + perhaps == 0 ? null : new StalePrices(offers.Count, surely, perhaps, staleAfterDays);
    }
}
