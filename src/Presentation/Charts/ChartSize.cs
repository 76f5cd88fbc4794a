namespace SlmPlanner.Presentation.Charts;

/// <summary>The size of a drawn chart.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="FontSize">Text size in pixels.</param>
/// <param name="HasTitle">True to draw the title: for a picture that stands alone.</param>
public sealed record ChartSize(int Width, int Height, float FontSize, bool HasTitle)
{
    /// <summary>A picture that stands alone, in a document or a slide.</summary>
    public static readonly ChartSize Picture = new(800, 480, 13, HasTitle: true);

    /// <summary>Inside a page that has the title already.</summary>
    public static readonly ChartSize Wide = new(760, 420, 13, HasTitle: false);

    /// <summary>Inside a page on a phone.</summary>
    public static readonly ChartSize Narrow = new(360, 380, 12, HasTitle: false);

    /// <summary>True when there is room for few ticks and short texts only.</summary>
    public bool IsNarrow => Width < 500;
}
