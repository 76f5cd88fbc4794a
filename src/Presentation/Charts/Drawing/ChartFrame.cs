using ScottPlot;
using ScottPlot.TickGenerators;

namespace SlmPlanner.Presentation.Charts.Drawing;

/// <summary>The empty plot of a chart: axes, ticks, grid and limits, laid out by fixed margins so that pixels are known.</summary>
internal sealed class ChartFrame
{
    private const float TickLength = 4;
    private readonly ChartSize _size;

    /// <summary>An empty plot with room for row labels or tick labels of <paramref name="leftLabels"/> on the left.</summary>
    public ChartFrame(Chart chart, ChartSize size, IEnumerable<string> leftLabels, bool hasYTitle)
    {
        ChartFont.Use();
        _size = size;
        var widest = leftLabels.Select(label => ChartFont.Width(label, size.FontSize)).DefaultIfEmpty(0).Max();
        Left = widest + TickLength + 10 + (hasYTitle ? size.FontSize * 2.1f : 0);
        Bottom = size.FontSize * 3.4f;
        Top = size.HasTitle ? size.FontSize * 2.9f : 10;
        Width = size.Width - Left - Right;
        Height = size.Height - Top - Bottom;
        Plot.FigureBackground.Color = Color.FromHex(Palette.Paper);
        Plot.DataBackground.Color = Color.FromHex(Palette.Paper);
        Plot.Layout.Fixed(new PixelPadding(Left, Right, Bottom, Top));
        Plot.Axes.Top.IsVisible = false;
        Plot.Axes.Right.IsVisible = false;
        if (size.HasTitle)
            Plot.Title(chart.Title, size.FontSize + 3);
        Plot.Axes.Title.Label.ForeColor = Color.FromHex(Palette.Ink);
        Labels = new LabelPlacement(Width, Height);
    }

    public Plot Plot { get; } = new();

    /// <summary>Room for texts.</summary>
    public LabelPlacement Labels { get; }

    /// <summary>Width of the data area in pixels.</summary>
    public float Width { get; }

    /// <summary>Height of the data area in pixels.</summary>
    public float Height { get; }

    private float Left { get; }

    private float Top { get; }

    private float Bottom { get; }

    private static float Right => 16;

    /// <summary>Draws the horizontal axis.</summary>
    public void Horizontal(ChartAxis axis, AxisMap map)
    {
        var ticks = map.Ticks(_size.IsNarrow ? 4 : 8);
        Plot.Axes.SetLimitsX(map.Low, map.High);
        Style(Plot.Axes.Bottom, axis.Label);
        Plot.Axes.Bottom.TickGenerator = new NumericManual([.. ticks.Select(map.Place)], [.. ticks.Select(axis.Format)]);
        Plot.Grid.XAxisStyle.MajorLineStyle.Color = Color.FromHex(Palette.Grid);
    }

    /// <summary>Draws the vertical axis over numbers.</summary>
    public void Vertical(ChartAxis axis, AxisMap map, IReadOnlyList<double> ticks)
    {
        Plot.Axes.SetLimitsY(map.Low, map.High);
        Style(Plot.Axes.Left, axis.Label);
        Plot.Axes.Left.TickGenerator = new NumericManual([.. ticks.Select(map.Place)], [.. ticks.Select(axis.Format)]);
        Plot.Axes.Left.Label.OffsetX = -_size.FontSize / 3;
        Plot.Grid.YAxisStyle.MajorLineStyle.Color = Color.FromHex(Palette.Grid);
    }

    /// <summary>Draws the vertical axis over named rows, the first at the top, below some free rows.</summary>
    public void Rows(IReadOnlyList<string> labels, double freeRows)
    {
        Plot.Axes.SetLimitsY(-labels.Count + 0.4, 0.6 + freeRows);
        Style(Plot.Axes.Left, "");
        Plot.Axes.Left.TickGenerator = new NumericManual([.. labels.Select((_, row) => (double)-row)], [.. labels]);
        Plot.Axes.Left.MajorTickStyle.Length = 0;
        Plot.Grid.YAxisStyle.IsVisible = false;
    }

    /// <summary>Writes a text into a box of the data area.</summary>
    public void Write(LabelPlacement.Box box, string text, string color, bool isBold, AxisMap x, double yLow, double yHigh)
    {
        var place = x.Low + (x.High - x.Low) * box.Left / Width;
        var middle = yHigh - (yHigh - yLow) * ((box.Top + box.Bottom) / 2) / Height;
        var label = Plot.Add.Text(text, place, middle);
        label.LabelFontSize = _size.FontSize;
        label.LabelFontColor = Color.FromHex(color);
        label.LabelBold = isBold;
        label.LabelAlignment = Alignment.MiddleLeft;
        label.LabelPadding = 1;
        label.LabelBackgroundColor = Color.FromHex(Palette.Paper).WithAlpha(0.7);
    }

    private void Style(IAxis axis, string label)
    {
        axis.Label.Text = label;
        axis.Label.FontSize = _size.FontSize;
        axis.Label.Bold = false;
        axis.Label.ForeColor = Color.FromHex(Palette.Slate);
        axis.TickLabelStyle.FontSize = _size.FontSize;
        axis.TickLabelStyle.ForeColor = Color.FromHex(Palette.Ink);
        axis.MajorTickStyle.Length = TickLength;
        axis.MajorTickStyle.Color = Color.FromHex(Palette.Muted);
        axis.FrameLineStyle.Color = Color.FromHex(Palette.Muted);
    }
}
