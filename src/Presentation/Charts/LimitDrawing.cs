using ScottPlot;
using ScottPlot.Plottables;

namespace SlmPlanner.Presentation.Charts;

/// <summary>Draws dashed lines at limits, each with its name.</summary>
internal static class LimitDrawing
{
    /// <summary>The values that an axis must show for its limits.</summary>
    public static IEnumerable<double> Shown(IEnumerable<ChartLimit> limits, bool isVertical) =>
        limits.Where(limit => limit.IsVertical == isVertical).Select(limit => limit.Value);

    /// <summary>Draws the limits and keeps labels off their names.</summary>
    public static void Draw(IEnumerable<ChartLimit> limits, ChartFrame frame, ChartSize size, AxisMap x, AxisMap? y)
    {
        var (low, high) = (frame.Plot.Axes.Left.Min, frame.Plot.Axes.Left.Max);
        foreach (var limit in limits)
        {
            AxisLine line = limit.IsVertical
                ? frame.Plot.Add.VerticalLine(x.Place(limit.Value))
                : frame.Plot.Add.HorizontalLine(y!.Place(limit.Value));
            line.LinePattern = LinePattern.Dashed;
            line.LineWidth = 1.5f;
            line.LineColor = Color.FromHex(Palette.Slate);
            var box = Box(limit, frame, size, x, y);
            frame.Labels.Reserve(box);
            frame.Write(box, limit.Label, Palette.Slate, isBold: false, x, low, high);
        }
    }

    private static LabelPlacement.Box Box(ChartLimit limit, ChartFrame frame, ChartSize size, AxisMap x, AxisMap? y)
    {
        var (width, height) = (ChartFont.Width(limit.Label, size.FontSize), size.FontSize * 1.2f);
        if (!limit.IsVertical)
        {
            var level = frame.Height - y!.Pixel(limit.Value);
            var top = level - height - 3 >= 0 ? level - height - 3 : level + 3;
            return new(6, top, 6 + width, top + height);
        }
        var place = x.Pixel(limit.Value);
        var left = place - width - 6 >= 0 ? place - width - 6 : place + 6;
        return new(left, 4, left + width, 4 + height);
    }
}
