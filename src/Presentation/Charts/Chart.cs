namespace SlmPlanner.Presentation.Charts;

/// <summary>A chart as data: what to draw, not how.</summary>
public abstract record Chart
{
    /// <summary>Kebab-case name, also of its files.</summary>
    public required string Name { get; init; }

    /// <summary>What the chart shows.</summary>
    public required string Title { get; init; }

    /// <summary>What the reader should conclude, in sentences made from the numbers.</summary>
    public required string Caption { get; init; }

    /// <summary>The horizontal axis.</summary>
    public required ChartAxis X { get; init; }

    /// <summary>Lines that mark a limit.</summary>
    public IReadOnlyList<ChartLimit> Limits { get; init; } = [];
}

/// <summary>An axis.</summary>
/// <param name="Label">The quantity and its unit.</param>
/// <param name="Scale">How values are spaced.</param>
/// <param name="Format">A value as tick label.</param>
public sealed record ChartAxis(string Label, AxisScale Scale, Func<double, string> Format);

/// <summary>How values are spaced along an axis.</summary>
public enum AxisScale
{
    /// <summary>Evenly, over the range of the data.</summary>
    Linear,

    /// <summary>Evenly, from zero, so that lengths can be compared.</summary>
    FromZero,

    /// <summary>By ratio, ticks at 1, 2 and 5; values must be positive.</summary>
    Log,

    /// <summary>By ratio, for hours: ticks at whole minutes, hours and days; values must be positive.</summary>
    LogHours,

    /// <summary>By ratio, ticks at powers of two; values must be positive.</summary>
    PowersOfTwo,
}

/// <summary>A dashed line at a limit.</summary>
/// <param name="IsVertical">True when the limit is a value of the horizontal axis.</param>
/// <param name="Value">Where it is.</param>
/// <param name="Label">What it is.</param>
public sealed record ChartLimit(bool IsVertical, double Value, string Label);
