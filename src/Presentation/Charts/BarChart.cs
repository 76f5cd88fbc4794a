namespace SlmPlanner.Presentation.Charts;

/// <summary>Horizontal bars, one per row, top to bottom; each may start anywhere.</summary>
internal sealed record BarChart : Chart
{
    public required IReadOnlyList<BarRow> Rows { get; init; }

    /// <summary>True to join the end of each bar with the start of the next: a waterfall.</summary>
    public bool IsJoined { get; init; }
}

/// <summary>One bar.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Text">What is written at its end.</param>
/// <param name="Color">Colour as #RRGGBB.</param>
internal sealed record BarRow(string Label, double Start, double End, string Text, string Color)
{
    /// <summary>A dot on the bar: the expected value of an interval; null for none.</summary>
    public double? Mark { get; init; }
}
