namespace SlmPlanner.Presentation.Charts;

/// <summary>A chart whose every point can be pointed at: points in named groups, which a page can show and hide.</summary>
public sealed record MarkChart : Chart
{
    /// <summary>The vertical axis.</summary>
    public required ChartAxis Y { get; init; }

    /// <summary>The groups, those that matter most first.</summary>
    public required IReadOnlyList<MarkGroup> Groups { get; init; }

    /// <summary>Points joined by a line under the marks, in order.</summary>
    public IReadOnlyList<XyPoint> Front { get; init; } = [];

    /// <summary>Points that matter with the least and the most of both quantities, drawn as crosses.</summary>
    public IReadOnlyList<(XyPoint Point, XyPoint Low, XyPoint High)> Intervals { get; init; } = [];

    /// <summary>Ranges drawn under everything else.</summary>
    public IReadOnlyList<MarkBand> Bands { get; init; } = [];
}

/// <summary>A range of values along the horizontal axis.</summary>
/// <param name="Name">What it is, for the legend.</param>
/// <param name="Points">Its ends at two places or more, from left to right.</param>
/// <param name="IsForecast">True for what is expected now, false for what was planned.</param>
public sealed record MarkBand(string Name, IReadOnlyList<BandPoint> Points, bool IsForecast);

/// <summary>Points of one kind.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Marks">The points, in the order in which a line joins them.</param>
/// <param name="IsJoined">True to join them.</param>
public sealed record MarkGroup(string Name, IReadOnlyList<Mark> Marks, bool IsJoined);

/// <summary>A point that says what it is.</summary>
/// <param name="Point">Where it is.</param>
/// <param name="Text">What is shown when it is pointed at.</param>
/// <param name="Kind">How much it matters.</param>
public sealed record Mark(XyPoint Point, string Text, MarkKind Kind = MarkKind.Plain);

/// <summary>How much a point matters.</summary>
public enum MarkKind
{
    /// <summary>One of many.</summary>
    Plain,

    /// <summary>On the line of the best.</summary>
    Front,

    /// <summary>The one recommended.</summary>
    Chosen,

    /// <summary>One of very many along a line.</summary>
    Sample,

    /// <summary>Something that happened.</summary>
    Event,
}
