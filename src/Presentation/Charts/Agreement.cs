namespace SlmPlanner.Presentation.Charts;

/// <summary>Predicted against measured: the diagonal is agreement, the band a tolerance around it.</summary>
public static class Agreement
{
    /// <summary>A log-log chart of the pairs.</summary>
    /// <param name="name">File name.</param>
    /// <param name="title">Title.</param>
    /// <param name="caption">What to conclude.</param>
    /// <param name="quantity">The quantity and its unit, without "measured" or "predicted".</param>
    /// <param name="format">A value as tick label.</param>
    /// <param name="groups">Pairs (measured, predicted) by group, all positive; at least one pair.</param>
    /// <param name="tolerance">Half-width of the band as a share: 0.1 for ten per cent.</param>
    public static XyChart Of(
        string name,
        string title,
        string caption,
        string quantity,
        Func<double, string> format,
        IReadOnlyList<(string Name, IReadOnlyList<XyPoint> Pairs)> groups,
        double tolerance)
    {
        var all = groups.SelectMany(group => group.Pairs).SelectMany(pair => new[] { pair.X, pair.Y }).ToArray();
        var (low, high) = (all.Min(), all.Max());
        return new XyChart
        {
            Name = name,
            Title = title,
            Caption = caption,
            X = new($"measured {quantity}", AxisScale.Log, format),
            Y = new($"predicted {quantity}", AxisScale.Log, format),
            Bands = [new([.. new[] { low, high }.Select(value => new BandPoint(value, value * (1 - tolerance), value * (1 + tolerance)))],
                Palette.Muted)],
            Series =
            [
                new("agreement", [new(low, low), new(high, high)], Palette.Slate) { MarkerSize = 0, LineWidth = 1 },
                .. groups.Select((group, index) =>
                    new XySeries(group.Name, group.Pairs, Palette.Of(index)) { LineWidth = 0, MarkerSize = 6 }),
            ],
            Labels = [.. groups.Select((group, index) =>
                new PointLabel(group.Pairs.MaxBy(pair => pair.X), group.Name, Palette.TextOf(index)))],
        };
    }
}
