using SlmPlanner.Core.Economics.Prices;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Prices;

/// <summary>A device's prices over time as lists: what providers ask now, how far they are apart, and every price with its days.</summary>
public static class PriceHistoryTables
{
    /// <summary>Every price that was seen. First, since CSV shows the first list alone.</summary>
    public static Listing<PriceSpan> Prices(IReadOnlyList<PriceSeries> history) => new(
        "prices", "Prices and the days they were seen",
        [.. history.SelectMany(series => series.Spans()).OrderBy(span => span.SeenFrom)
            .ThenBy(span => span.Key.Provider, StringComparer.Ordinal)],
        new("provider", "Provider", span => span.Key.Provider),
        new("gpu", "GPU", span => span.Key.Gpu),
        new("gpus", "GPUs", span => span.Key.Gpus, IsNumber: true),
        new("region", "Region", span => span.Key.Region),
        new("kind", "Kind", span => span.Key.Kind),
        new("basis", "Price of", span => span.Key.Basis),
        new("instance_type", "Machine", span => span.Key.InstanceType) { IsOptional = true },
        new("usd_per_hour", $"{ShownCurrency.Current.Code}/h", span => span.UsdPerHour, span => Readable.UsdNumber(span.UsdPerHour), true),
        new("usd_per_gpu_hour", $"{ShownCurrency.Current.Code}/GPU-h", span => span.UsdPerGpuHour,
            span => Readable.UsdNumber(span.UsdPerGpuHour), true),
        new("seen_from", "Seen from", span => span.SeenFrom),
        new("seen_to", "Seen to", span => span.SeenTo),
        new("ended_by", "Ended by", span => span.EndedBy),
        new("source", "Source", span => span.Source) { IsOptional = true });

    /// <summary>What each provider asks now and how that moved.</summary>
    public static Listing<PriceTrend> Providers(IReadOnlyList<PriceTrend> trends) => new(
        "providers", "What providers ask for one GPU", trends,
        new("provider", "Provider", trend => trend.Provider),
        new("kind", "Kind", trend => trend.Kind),
        new("basis", "Price of", trend => trend.Basis),
        new("usd_per_gpu_hour", $"{ShownCurrency.Current.Code}/GPU-h", trend => trend.UsdPerGpuHour,
            trend => Readable.UsdNumber(trend.UsdPerGpuHour), true),
        new("seen_to", "Last seen", trend => trend.SeenTo),
        new("change_30d", "In 30 days", trend => trend.Change, Change, true),
        new("series", "Prices compared", trend => trend.Series, IsNumber: true));

    /// <summary>How far providers are apart.</summary>
    public static Listing<PriceSpread> Spread(IReadOnlyList<PriceTrend> trends) => new(
        "spread", $"How far providers are apart, {ShownCurrency.Current.Code} per GPU and hour", PriceSpread.Of(trends),
        new("kind", "Kind", spread => spread.Kind),
        new("providers", "Providers", spread => spread.Providers, IsNumber: true),
        new("low", "Lowest", spread => spread.Low, spread => Readable.UsdNumber(spread.Low), true),
        new("median", "Middle", spread => spread.Median, spread => Readable.UsdNumber(spread.Median), true),
        new("high", "Highest", spread => spread.High, spread => Readable.UsdNumber(spread.High), true));

    private static string Change(PriceTrend trend) => trend.Change switch
    {
        null => Readable.Missing,
        0 => "0 %",
        > 0 and var rise => "+" + Readable.Percent(rise),
        var fall => "−" + Readable.Percent(-fall.Value),
    };
}
