using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Prices;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Core.Planning.Forecasts;

/// <summary>What prices are expected to be on the day that the machines are rented.</summary>
public static class PriceDrift
{
    /// <summary>
    /// The offers at the prices expected on a later day; those of one's own machines and of reserved terms are agreed already.
    /// </summary>
    /// <param name="offers">The offers at today's prices.</param>
    /// <param name="today">Today.</param>
    /// <param name="day">The day the machines are rented.</param>
    /// <param name="prices">How prices moved.</param>
    /// <exception cref="InputException">The day is past, or no history is at hand.</exception>
    public static IReadOnlyList<Offer> To(IReadOnlyList<Offer> offers, DateOnly today, DateOnly day, PriceOutlook? prices)
    {
        var days = day.DayNumber - today.DayNumber;
        if (days < 0)
            throw new InputException(FormattableString.Invariant($"rent_on is {day:yyyy-MM-dd}, allowed from today, {today:yyyy-MM-dd}"));
        if (prices is null)
            throw new InputException("rent_on needs a history of prices, and there is none");
        return days == 0 ? offers : [.. offers.Select(offer => offer.Owned || offer.TermMonths is not null ? offer : offer with
        {
            OnDemandUsdPerHour = offer.OnDemandUsdPerHour * Factor(prices.Of(offer.Gpu, spot: false, days), days),
            SpotUsdPerHour = offer.SpotUsdPerHour * Factor(prices.Of(offer.Gpu, spot: true, days), days),
        })];
    }

    /// <summary>How prices like the recommended one moved in as many days as lie between its last sight and the renting.</summary>
    public static PriceMove? Until(Candidate recommendation, PlanRequest request, PriceOutlook? prices) => prices?.Of(
        recommendation.Gpu, recommendation.Spot, (request.RentOn ?? request.Today).DayNumber - recommendation.PriceDate.DayNumber);

    /// <summary>The mean move, stretched or shrunk to the days where the history was looked up over others.</summary>
    internal static double Factor(PriceMove? move, int days) => move is null ? 1 : Math.Pow(move.Expected, (double)days / move.Days);
}

/// <summary>The plan is made at prices expected on a later day.</summary>
/// <param name="Day">The day the machines are rented.</param>
/// <param name="Factor">By what the recommended price was multiplied.</param>
/// <param name="Move">How prices like it moved in history.</param>
public sealed record PricesDrifted(DateOnly Day, double Factor, PriceMove Move) : Finding(Severity.Hint, "prices-drifted");
