using ScottPlot;

namespace SlmPlanner.Presentation.Charts.Drawing;

/// <summary>Draws an <see cref="XyChart"/>.</summary>
internal static class XyDrawing
{
    private const float Room = 18;

    /// <summary>The plot, ready to be rendered at <paramref name="size"/>.</summary>
    public static Plot Draw(XyChart chart, ChartSize size)
    {
        var wantedTicks = size.IsNarrow ? 5 : 7;
        var y = new AxisMap(chart.Y.Scale, YValues(chart), size.Height * 0.75f, Room, Room);
        var yTicks = y.Ticks(wantedTicks);
        var frame = new ChartFrame(chart, size, yTicks.Select(chart.Y.Format), hasYTitle: true);
        y = new AxisMap(chart.Y.Scale, YValues(chart), frame.Height, Room, Room);
        var x = new AxisMap(chart.X.Scale, XValues(chart), frame.Width, Room, RoomForLabels(chart, size));
        frame.Horizontal(chart.X, x);
        frame.Vertical(chart.Y, y, y.Ticks(wantedTicks));
        DrawBands(chart, frame, x, y);
        foreach (var series in chart.Series)
            Obstacles.Add(frame.Labels, [.. series.Points.Select(point => Pixel(point, frame, x, y))], series);
        LimitDrawing.Draw(chart.Limits, frame, size, x, y);
        foreach (var series in chart.Series)
            DrawSeries(series, frame, x, y);
        DrawLabels(chart, frame, size, x, y);
        return frame.Plot;
    }

    private static IEnumerable<double> XValues(XyChart chart) =>
        [.. chart.Series.SelectMany(series => series.Points).Select(point => point.X),
            .. LimitDrawing.Shown(chart.Limits, isVertical: true)];

    private static IEnumerable<double> YValues(XyChart chart) =>
    [
        .. chart.Series.SelectMany(series => series.Points).Select(point => point.Y),
        .. chart.Bands.SelectMany(band => band.Points).SelectMany(point => new[] { point.Low, point.High }),
        .. LimitDrawing.Shown(chart.Limits, isVertical: false),
    ];

    /// <summary>Room at the right end for the labels of lines that end there; a third of the width at most.</summary>
    private static float RoomForLabels(XyChart chart, ChartSize size)
    {
        var end = XValues(chart).Max();
        var widest = chart.Labels
            .Where(label => label.Point.X >= end)
            .Select(label => ChartFont.Width(label.Text, size.FontSize, label.IsBold))
            .DefaultIfEmpty(0)
            .Max();
        return Math.Min(size.Width / 3f, Math.Max(Room, widest + 12));
    }

    private static void DrawBands(XyChart chart, ChartFrame frame, AxisMap x, AxisMap y)
    {
        foreach (var band in chart.Bands)
        {
            var places = band.Points.Select(point => x.Place(point.X)).ToArray();
            var fill = frame.Plot.Add.FillY(places, [.. band.Points.Select(point => y.Place(point.Low))],
                [.. band.Points.Select(point => y.Place(point.High))]);
            fill.FillColor = Color.FromHex(band.Color).WithAlpha(0.2);
            fill.LineWidth = 0;
            fill.MarkerSize = 0;
        }
    }

    private static void DrawSeries(XySeries series, ChartFrame frame, AxisMap x, AxisMap y)
    {
        var points = frame.Plot.Add.Scatter(
            series.Points.Select(point => x.Place(point.X)).ToArray(),
            series.Points.Select(point => y.Place(point.Y)).ToArray(),
            Color.FromHex(series.Color));
        points.LineWidth = series.LineWidth;
        points.MarkerSize = series.MarkerSize;
        points.MarkerShape = series.IsHollow ? MarkerShape.OpenCircle : MarkerShape.FilledCircle;
        points.MarkerLineWidth = series.IsHollow ? 1.5f : 0;
        points.MarkerLineColor = Color.FromHex(series.Color);
    }

    private static (float X, float Y) Pixel(XyPoint point, ChartFrame frame, AxisMap x, AxisMap y) =>
        (x.Pixel(point.X), frame.Height - y.Pixel(point.Y));

    private static void DrawLabels(XyChart chart, ChartFrame frame, ChartSize size, AxisMap x, AxisMap y)
    {
        foreach (var label in chart.Labels)
        {
            var (px, py) = Pixel(label.Point, frame, x, y);
            var width = ChartFont.Width(label.Text, size.FontSize, label.IsBold);
            var height = size.FontSize * 1.2f;
            if (frame.Labels.Place(px, py, width, height, label.IsLineEnd, label.IsOptional) is { } box)
                frame.Write(box, label.Text, label.Color, label.IsBold, x, y.Low, y.High);
        }
    }
}
