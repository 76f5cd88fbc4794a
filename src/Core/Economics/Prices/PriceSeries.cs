namespace SlmPlanner.Core.Economics.Prices;

/// <summary>The prices of one thing over time.</summary>
/// <param name="Key">The thing.</param>
/// <param name="Points">Its prices, the earliest first, one a day. At least one.</param>
public sealed record PriceSeries(PriceKey Key, IReadOnlyList<PricePoint> Points)
{
    /// <summary>Series of points in any order; of several on one day the lowest counts. In a fixed order.</summary>
    public static IReadOnlyList<PriceSeries> Of(IEnumerable<PricePoint> points) =>
    [
        .. points.GroupBy(point => point.Key)
            .Select(group => new PriceSeries(group.Key, [.. group.GroupBy(point => point.Day).Select(Lowest).OrderBy(point => point.Day)]))
            .OrderBy(series => series.Key.Provider, StringComparer.Ordinal).ThenBy(series => series.Key.Kind, StringComparer.Ordinal)
            .ThenBy(series => series.Key.Basis, StringComparer.Ordinal).ThenBy(series => series.Key.Gpus)
            .ThenBy(series => series.Key.InstanceType, StringComparer.Ordinal).ThenBy(series => series.Key.Region, StringComparer.Ordinal),
    ];

    /// <summary>Each price with the days from and to which it was seen, the earliest first.</summary>
    public IEnumerable<PriceSpan> Spans()
    {
        for (var index = 0; index < Points.Count;)
        {
            var first = index;
            while (index < Points.Count && Points[index].UsdPerHour == Points[first].UsdPerHour)
                index++;
            if (Points[first].UsdPerHour is { } price)
                yield return new(
                    Key, price, Points[first].Day, Points.Skip(first).Take(index - first).Max(point => point.LastDay),
                    index < Points.Count ? Points[index].Day : null, Points[first].Source);
        }
    }

    /// <summary>The price that held on a day: the last one seen by then; null before the first, or when it was sold no more.</summary>
    public double? On(DateOnly day) => Points.LastOrDefault(point => point.Day <= day)?.UsdPerHour;

    private static PricePoint Lowest(IEnumerable<PricePoint> points) => points.MinBy(point => point.UsdPerHour ?? double.MaxValue)!;
}

/// <summary>A price and when it was seen.</summary>
/// <param name="Key">What it is the price of.</param>
/// <param name="UsdPerHour">The price, for all devices of the key.</param>
/// <param name="SeenFrom">The first day.</param>
/// <param name="SeenTo">The last day.</param>
/// <param name="EndedBy">The day on which another price, or none, was first seen; null while it holds.</param>
/// <param name="Source">Where it was read first.</param>
public sealed record PriceSpan(PriceKey Key, double UsdPerHour, DateOnly SeenFrom, DateOnly SeenTo, DateOnly? EndedBy, string Source)
{
    /// <summary>USD per device and hour.</summary>
    public double UsdPerGpuHour => UsdPerHour / Key.Gpus;
}
