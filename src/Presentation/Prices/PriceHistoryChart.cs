using SlmPlanner.Core.Economics.Prices;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Prices;

/// <summary>A device's price per hour over time, a line for each provider: the lowest of what it asked on each day.</summary>
public static class PriceHistoryChart
{
    /// <summary>The chart; null when no provider was seen on two days.</summary>
    /// <param name="gpu">The device.</param>
    /// <param name="kind">On demand or spot.</param>
    /// <param name="history">Its series.</param>
    public static XyChart? Of(string gpu, string kind, IReadOnlyList<PriceSeries> history)
    {
        var lines = PriceTrend.Of(history).Where(trend => trend.Kind == kind)
            .Select(trend => new Line(trend.Provider, Points(trend, history)))
            .Where(line => line.Points.Count > 1).OrderByDescending(line => line.Points.Count)
            .ThenBy(line => line.Provider, StringComparer.Ordinal).ToList();
        if (lines.Count == 0)
            return null;
        var shown = lines.Take(Palette.Count).ToList();
        return new()
        {
            Name = $"price-history-{kind}",
            Title = $"Price of one {gpu}, {Readable.Words(kind)}, over time",
            Caption = Caption(gpu, PriceTrend.Of(history).Where(trend => trend.Kind == kind).ToList(), lines.Count - shown.Count),
            X = new("day", AxisScale.Linear, day => DateOnly.FromDayNumber((int)Math.Round(day))
                .ToString("MMM yyyy", System.Globalization.CultureInfo.InvariantCulture)),
            Y = new($"{ShownCurrency.Current.Code} per GPU and hour", AxisScale.FromZero, Readable.Number),
            Series =
            [
                .. lines.Skip(Palette.Count).Select(line =>
                    new XySeries(line.Provider, line.Points, Palette.Muted) { LineWidth = 1, MarkerSize = 2 }),
                .. shown.Select((line, index) => new XySeries(line.Provider, line.Points, Palette.Of(index)) { MarkerSize = 4 }),
            ],
            Labels = [.. shown.Select((line, index) =>
                new PointLabel(line.Points[^1], line.Provider, Palette.TextOf(index)) { IsLineEnd = true })],
        };
    }

    private sealed record Line(string Provider, IReadOnlyList<XyPoint> Points);

    private static IReadOnlyList<XyPoint> Points(PriceTrend trend, IReadOnlyList<PriceSeries> history) =>
    [
        .. history.Where(series => series.Key.Provider == trend.Provider && series.Key.Kind == trend.Kind
            && series.Key.Basis == trend.Basis)
            .SelectMany(series => series.Points).Where(point => point.UsdPerHour is not null)
            .GroupBy(point => point.Day, point => point.UsdPerHour!.Value / point.Key.Gpus).OrderBy(day => day.Key)
            .Select(day => new XyPoint(day.Key.DayNumber, day.Min() * ShownCurrency.Current.PerUsd)),
    ];

    private static string Caption(string gpu, IReadOnlyList<PriceTrend> trends, int muted)
    {
        var spread = PriceSpread.Of(trends);
        var text = spread is [var now]
            ? $"{now.Providers} providers ask {Readable.UsdPerHour(now.Low)} to {Readable.UsdPerHour(now.High)} for one {gpu}; the "
            + $"middle one {Readable.UsdPerHour(now.Median)}."
            : $"What providers asked for one {gpu}.";
        return muted > 0 ? $"{text} Grey: {muted} further providers." : text;
    }
}
