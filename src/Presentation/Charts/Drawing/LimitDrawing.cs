using ScottPlot;
using ScottPlot.Plottables;

namespace SlmPlanner.Presentation.Charts.Drawing;

/// <summary>Draws dashed lines at limits, each with its name.</summary>
internal static class LimitDrawing
{
    /// <summary>The values that an axis must show for its limits.</summary>
    public static IEnumerable<double> Shown(IEnumerable<ChartLimit> limits, bool isVertical) =>
        limits.Where(limit => limit.IsVertical == isVertical).Select(limit => limit.Value);

    /// <summary>Draws the limits, each named where its name covers least, and keeps labels off both.</summary>
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
            var box = Boxes(limit, frame, size, x, y).MinBy(frame.Labels.Covered);
            frame.Labels.Reserve(box);
            if (limit.IsVertical)
                Obstacles.AddLine(frame.Labels, (x.Pixel(limit.Value), 0), (x.Pixel(limit.Value), frame.Height));
            else
                Obstacles.AddLine(frame.Labels, (0, frame.Height - y!.Pixel(limit.Value)),
                    (frame.Width, frame.Height - y.Pixel(limit.Value)));
            frame.Write(box, limit.Label, Palette.Slate, isBold: false, x, low, high);
        }
    }

    /// <summary>
    /// Where a limit's name may stand, the usual place first: beside a vertical line at its top or bottom, above or below a horizontal one
    /// at its ends.
    /// </summary>
    private static IEnumerable<LabelPlacement.Box> Boxes(ChartLimit limit, ChartFrame frame, ChartSize size, AxisMap x, AxisMap? y)
    {
        var (width, height) = (ChartFont.Width(limit.Label, size.FontSize), size.FontSize * 1.2f);
        (float Left, float Top)[] corners;
        if (limit.IsVertical)
        {
            var (left, right) = (x.Pixel(limit.Value) - width - 6, x.Pixel(limit.Value) + 6);
            corners = [(left, 4), (right, 4), (left, frame.Height - height - 4), (right, frame.Height - height - 4)];
        }
        else
        {
            var level = frame.Height - y!.Pixel(limit.Value);
            var (above, below, end) = (level - height - 3, level + 3, frame.Width - width - 6);
            corners = [(6, above), (end, above), (6, below), (end, below)];
        }
        return corners
            .Where(corner => corner is { Left: >= 0, Top: >= 0 } && corner.Left + width <= frame.Width
                && corner.Top + height <= frame.Height)
            .DefaultIfEmpty(corners[0])
            .Select(corner => new LabelPlacement.Box(corner.Left, corner.Top, corner.Left + width, corner.Top + height));
    }
}
