using System.Globalization;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Planning.Answers;
using SlmPlanner.Core.Planning.Forecasts;

namespace SlmPlanner.Presentation.Wording;

/// <summary>Findings on prices: age, and prices that were dropped.</summary>
internal static class PriceFindingWords
{
    /// <summary>The sentence; null for a finding on another subject.</summary>
    public static string? Of(Finding finding) => finding switch
    {
        StalePrices prices =>
            $"Of {prices.Offers} prices {prices.Surely} are more than {prices.Days} days old and {prices.Perhaps} may be (their date"
                + $" is an interval or unknown):"
            + " check the price before renting.",
        StaleRecommendation price =>
            $"The recommended price was last seen {price.Days} days ago, on {Readable.Date(price.SeenUntil)}: check it before renting.",
        PricesDrifted drift =>
            $"Prices are those expected on {Readable.Date(drift.Day)}: today's times {Readable.Number(drift.Factor)}. In "
            + $"{drift.Move.Days} days"
                + $" prices {(drift.Move.Gpu is { } gpu ? $"of {gpu}" : "of all GPUs")} moved by {Readable.Number(drift.Move.Low)} to"
                + $" {Readable.Number(drift.Move.High)} times in eight of ten cases ({drift.Move.Changes} moves of "
                + $"{drift.Move.Providers} providers).",
        PriceDropped dropped => $"{dropped.Offer.Provider} {dropped.Offer.InstanceType} in {dropped.Offer.Region}: {Why(dropped)}",
        LocalDisksNotPriced disks =>
            $"{disks.Offers} offers of {disks.Provider}'s {disks.MachineFamily.TrimEnd('-')} machines come with local disks whose"
                + $" price is not in the catalog",
        NoOfferMatches none => $"none of {none.Offers} offers matches",
        _ => null,
    };

    private static string Why(PriceDropped dropped) => dropped switch
    {
        SpotAboveOnDemand spot => string.Create(CultureInfo.InvariantCulture,
            $"spot {spot.SpotUsdPerHour} USD/h is above on-demand {spot.OnDemandUsdPerHour} USD/h: the"
                + $" {(spot.SpotDropped ? "spot" : "on-demand")} price is dropped"),
        PriceUnbelievable price => string.Create(CultureInfo.InvariantCulture,
            $"{(price.IsSpot ? "spot" : "on-demand")} price {price.UsdPerHour} USD/h is outside"
                + $" {price.LeastUsdPerGpuHour}..{price.MostUsdPerGpuHour} USD per GPU-hour and is dropped"),
        CommitmentPrice price => string.Create(CultureInfo.InvariantCulture,
            $"on-demand {price.UsdPerHour} USD/h is below {price.LeastShare:P0} of the dearest region's {price.DearestUsdPerHour}:"
                + $" it is taken for the price of a commitment and dropped"),
        PriceDoubted price => string.Create(CultureInfo.InvariantCulture,
            $"the {(price.IsSpot ? "spot" : "on-demand")} price {price.UsdPerHour} USD/h is doubted and dropped: {price.Reason}"),
        _ => throw new ArgumentOutOfRangeException(nameof(dropped), dropped, null),
    };
}
