namespace SlmPlanner.Presentation.Charts;

/// <summary>
/// The colours of charts. Series take the palette of Okabe and Ito (2008), which people with any colour vision can
/// tell apart, less its yellow and black, which vanish on light and on dark pages.
/// </summary>
public static class Palette
{
    /// <summary>First series.</summary>
    public const string Blue = "#0072B2";

    /// <summary>The recommendation, and nothing else.</summary>
    public const string Vermillion = "#D55E00";

    /// <summary>Text about the recommendation.</summary>
    public const string VermillionText = "#B34F00";

    /// <summary>Text and axes.</summary>
    public const string Ink = "#24292F";

    /// <summary>Limits and secondary text.</summary>
    public const string Slate = "#57606A";

    /// <summary>Points that stand in the background.</summary>
    public const string Muted = "#B0B7BF";

    /// <summary>Grid lines.</summary>
    public const string Grid = "#E4E8EC";

    /// <summary>The page under the chart.</summary>
    public const string Paper = "#FFFFFF";

    private static readonly (string Mark, string Text)[] Series =
    [
        (Blue, Blue), ("#009E73", "#00704F"), ("#E69F00", "#8F5F00"), ("#CC79A7", "#9C3F73"), ("#56B4E9", "#1B6FA3"),
    ];

    /// <summary>How many series get a colour of their own.</summary>
    public static int Count => Series.Length;

    /// <summary>The colour of a series' marks by its place, muted beyond <see cref="Count"/>.</summary>
    public static string Of(int index) => index < Series.Length ? Series[index].Mark : Muted;

    /// <summary>The same hue for text, dark enough to read on paper (contrast at least 4.5).</summary>
    public static string TextOf(int index) => index < Series.Length ? Series[index].Text : Slate;
}
