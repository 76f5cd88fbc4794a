namespace SlmPlanner.Presentation.Charts;

/// <summary>Points, lines and bands over two numeric axes.</summary>
public sealed record XyChart : Chart
{
    /// <summary>The vertical axis.</summary>
    public required ChartAxis Y { get; init; }

    /// <summary>What is drawn, later series over earlier ones.</summary>
    public required IReadOnlyList<XySeries> Series { get; init; }

    /// <summary>Uncertainty, drawn under everything else.</summary>
    public IReadOnlyList<XyBand> Bands { get; init; } = [];

    /// <summary>Texts at points, most important first: those that find no room are left out.</summary>
    public IReadOnlyList<PointLabel> Labels { get; init; } = [];
}

/// <summary>A named set of points.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Points">The points, in the order in which a line joins them.</param>
/// <param name="Color">Colour as #RRGGBB.</param>
public sealed record XySeries(string Name, IReadOnlyList<XyPoint> Points, string Color)
{
    /// <summary>Width of the joining line in pixels; 0 for points alone.</summary>
    public float LineWidth { get; init; } = 2;

    /// <summary>Diameter of the points in pixels; 0 for a line alone.</summary>
    public float MarkerSize { get; init; } = 7;

    /// <summary>True for rings in place of discs: possible, but not available.</summary>
    public bool IsHollow { get; init; }
}

/// <summary>A point.</summary>
public readonly record struct XyPoint(double X, double Y);

/// <summary>A range of values along a line.</summary>
/// <param name="Points">Lower and upper end at each place.</param>
/// <param name="Color">Colour as #RRGGBB; drawn translucent.</param>
public sealed record XyBand(IReadOnlyList<BandPoint> Points, string Color);

/// <summary>The range at one place.</summary>
public readonly record struct BandPoint(double X, double Low, double High);

/// <summary>A text beside a point.</summary>
/// <param name="Point">The point.</param>
/// <param name="Text">The text.</param>
/// <param name="Color">Colour as #RRGGBB.</param>
/// <param name="IsBold">True for the one that matters most.</param>
public sealed record PointLabel(XyPoint Point, string Text, string Color, bool IsBold = false)
{
    /// <summary>
    /// True for the name of a line at its right end: it stays right of the end, somewhat up or down, unless another line goes through it
    /// there.
    /// </summary>
    public bool IsLineEnd { get; init; }

    /// <summary>True when the text is worth showing only where it covers nothing.</summary>
    public bool IsOptional { get; init; }
}
