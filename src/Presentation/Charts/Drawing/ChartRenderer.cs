using ScottPlot;

namespace SlmPlanner.Presentation.Charts.Drawing;

/// <summary>Turns charts into files. The same chart gives the same bytes.</summary>
public static class ChartRenderer
{
    private const int PixelsPerUnit = 2;

    /// <summary>A PNG picture at twice the size's pixels, for sharp print.</summary>
    public static byte[] Png(Chart chart, ChartSize size)
    {
        using var plot = Draw(chart, size);
        plot.ScaleFactor = PixelsPerUnit;
        return plot.GetImage(size.Width * PixelsPerUnit, size.Height * PixelsPerUnit).GetImageBytes(ImageFormat.Png);
    }

    /// <summary>An SVG document whose text reads the same whatever fonts the reader has.</summary>
    public static string Svg(Chart chart, ChartSize size)
    {
        using var plot = Draw(chart, size);
        return ChartSvg.Portable(plot.GetSvgXml(size.Width, size.Height), chart, size);
    }

    private static Plot Draw(Chart chart, ChartSize size) => chart switch
    {
        XyChart xy => XyDrawing.Draw(xy, size),
        BarChart bars => BarDrawing.Draw(bars, size),
        _ => throw new ArgumentOutOfRangeException(nameof(chart), chart.GetType().Name, null),
    };
}
