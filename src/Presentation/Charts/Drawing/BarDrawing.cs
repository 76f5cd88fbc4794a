using ScottPlot;

namespace SlmPlanner.Presentation.Charts.Drawing;

/// <summary>Draws a <see cref="BarChart"/>.</summary>
internal static class BarDrawing
{
    private const double HalfThickness = 0.34;
    private const double RowsForLimits = 0.6;

    /// <summary>Pixels between a text and what it stands beside.</summary>
    private const float Gap = 6;

    /// <summary>The plot, ready to be rendered at <paramref name="size"/>.</summary>
    public static Plot Draw(BarChart chart, ChartSize size)
    {
        var labels = chart.Rows.Select(row => row.Label).ToArray();
        var frame = new ChartFrame(chart, size, labels, hasYTitle: false);
        var room = chart.Rows.Max(row => ChartFont.Width(row.Text, size.FontSize)) + 14;
        double[] values = [.. chart.Rows.SelectMany(row => new[] { row.Start, row.End }),
            .. LimitDrawing.Shown(chart.Limits, isVertical: true)];
        var x = new AxisMap(chart.X.Scale, values, frame.Width, 10, Math.Min(room, frame.Width / 2));
        frame.Horizontal(chart.X, x);
        frame.Rows(labels, chart.Limits.Count > 0 ? RowsForLimits : 0);
        for (var row = 0; row < chart.Rows.Count; row++)
            DrawBar(chart.Rows[row], row, frame, x);
        if (chart.IsJoined)
            Join(chart.Rows, frame.Plot, x);
        LimitDrawing.Draw(chart.Limits, frame, size, x, null);
        for (var row = 0; row < chart.Rows.Count; row++)
            WriteText(chart.Rows[row], row, frame, size, x, chart.Limits);
        return frame.Plot;
    }

    private static void DrawBar(BarRow row, int index, ChartFrame frame, AxisMap x)
    {
        var bar = frame.Plot.Add.Rectangle(x.Place(row.Start), x.Place(row.End), -index - HalfThickness, -index + HalfThickness);
        bar.FillColor = Color.FromHex(row.Color).WithAlpha(row.Mark is null ? 1 : 0.35);
        bar.LineWidth = 0;
        if (row.Mark is { } mark)
            frame.Plot.Add.Marker(x.Place(mark), -index, MarkerShape.FilledCircle, 9, Color.FromHex(row.Color));
    }

    /// <summary>The text at the end of the bar, or beyond a limit that would cross it there.</summary>
    private static void WriteText(BarRow row, int index, ChartFrame frame, ChartSize size, AxisMap x, IReadOnlyList<ChartLimit> limits)
    {
        var rowHeight = frame.Height / (frame.Plot.Axes.Left.Max - frame.Plot.Axes.Left.Min);
        var middle = (float)((frame.Plot.Axes.Left.Max + index) * rowHeight);
        var half = size.FontSize * 0.6f;
        var (left, width) = (x.Pixel(row.End) + Gap, ChartFont.Width(row.Text, size.FontSize));
        foreach (var place in limits.Select(limit => x.Pixel(limit.Value)).Order())
        {
            if (place > left - Gap && place < left + width)
                left = place + Gap;
        }
        var box = new LabelPlacement.Box(left, middle - half, left + width, middle + half);
        frame.Write(box, row.Text, Palette.Ink, isBold: false, x, frame.Plot.Axes.Left.Min, frame.Plot.Axes.Left.Max);
    }

    private static void Join(IReadOnlyList<BarRow> rows, Plot plot, AxisMap x)
    {
        for (var row = 0; row + 1 < rows.Count; row++)
        {
            var place = x.Place(rows[row].End);
            var line = plot.Add.Line(place, -row - HalfThickness, place,
                -row - 1 - (row + 2 < rows.Count ? HalfThickness : -HalfThickness));
            line.LineColor = Color.FromHex(Palette.Slate);
            line.LineWidth = 1;
            line.MarkerSize = 0;
        }
    }
}
