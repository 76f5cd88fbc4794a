using MathNet.Numerics.Statistics;

namespace SlmPlanner.Core.Economics.Prices;

/// <summary>What one provider asks for a device now, and how that moved in a month.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Kind">On demand, spot or reserved.</param>
/// <param name="Basis">What thing is priced.</param>
/// <param name="UsdPerGpuHour">The lowest of its newest prices, USD per device and hour.</param>
/// <param name="SeenTo">The day it was last seen.</param>
/// <param name="Change">
/// By what share its prices moved in the days before, each against itself: the median over its series; null where none is known so long.
/// </param>
/// <param name="Series">Series that the change is of.</param>
public sealed record PriceTrend(string Provider, string Kind, string Basis, double UsdPerGpuHour, DateOnly SeenTo, double? Change,
    int Series)
{
    /// <summary>Days over which a change is told.</summary>
    public const int Days = 30;

    /// <summary>A price that is this many days older than the provider's newest is no longer its price.</summary>
    private const int Together = 7;

    /// <summary>One trend for each provider and kind, the cheapest first: of the basis seen last, machines before statistics.</summary>
    /// <param name="history">Series of one device.</param>
    public static IReadOnlyList<PriceTrend> Of(IEnumerable<PriceSeries> history) =>
    [
        .. history.GroupBy(series => (series.Key.Provider, series.Key.Kind))
            .Select(provider => Newest(provider.GroupBy(series => series.Key.Basis))).OfType<PriceTrend>()
            .OrderBy(trend => trend.Kind, StringComparer.Ordinal).ThenBy(trend => trend.UsdPerGpuHour)
            .ThenBy(trend => trend.Provider, StringComparer.Ordinal),
    ];

    private static PriceTrend? Newest(IEnumerable<IGrouping<string, PriceSeries>> bases) => bases
        .Select(basis => Of(basis.Key, [.. basis])).OfType<PriceTrend>()
        .OrderByDescending(trend => trend.SeenTo).ThenBy(trend => trend.Basis != PriceKey.Machine)
        .ThenBy(trend => trend.Basis, StringComparer.Ordinal).FirstOrDefault();

    private static PriceTrend? Of(string basis, IReadOnlyList<PriceSeries> series)
    {
        var held = series.Where(one => one.Points[^1].UsdPerHour is not null).ToList();
        if (held.Count == 0)
            return null;
        var seen = held.Max(one => one.Points[^1].LastDay);
        var now = held.Where(one => one.Points[^1].LastDay.DayNumber >= seen.DayNumber - Together).ToList();
        var cheapest = now.Min(one => one.Points[^1].UsdPerHour!.Value / one.Key.Gpus);
        var changes = now.Select(Moved).OfType<double>().ToArray();
        var key = held[0].Key;
        return new(key.Provider, key.Kind, basis, cheapest, seen, changes.Length > 0 ? changes.Median() : null, changes.Length);
    }

    private static double? Moved(PriceSeries series)
    {
        var newest = series.Points[^1];
        return series.On(newest.LastDay.AddDays(-Days)) is { } before ? newest.UsdPerHour!.Value / before - 1 : null;
    }
}

/// <summary>How far providers are apart in what they ask for a device of one kind.</summary>
/// <param name="Kind">On demand, spot or reserved.</param>
/// <param name="Providers">Providers whose price was seen within <see cref="RecentDays"/> of the newest.</param>
/// <param name="Low">The lowest, USD per device and hour.</param>
/// <param name="Median">The one in the middle.</param>
/// <param name="High">The highest.</param>
public sealed record PriceSpread(string Kind, int Providers, double Low, double Median, double High)
{
    /// <summary>Days that a price may be older than the newest.</summary>
    public const int RecentDays = 90;

    /// <summary>One spread for each kind.</summary>
    public static IReadOnlyList<PriceSpread> Of(IReadOnlyList<PriceTrend> trends) =>
    [
        .. from trend in trends
           where trend.SeenTo.DayNumber >= trends.Max(other => other.SeenTo).DayNumber - RecentDays
           group trend.UsdPerGpuHour by trend.Kind into kind
           let prices = kind.Order().ToArray()
           select new PriceSpread(kind.Key, prices.Length, prices[0], prices.Median(), prices[^1]),
    ];
}
