using ScottPlot;
using SkiaSharp;

namespace SlmPlanner.Presentation.Charts.Drawing;

/// <summary>
/// The typeface of every chart, Lato, carried inside the program: on a machine without fonts ScottPlot would draw no
/// text at all, and with whatever font is there the same chart would differ from machine to machine.
/// </summary>
internal sealed class ChartFont : IFontResolver
{
    /// <summary>The family's name.</summary>
    public const string Family = "Lato";

    private static readonly SKTypeface Regular = Load("Lato-Regular.ttf");
    private static readonly SKTypeface Bold = Load("Lato-Bold.ttf");

    private static readonly Lazy<ChartFont> Registered = new(Register);

    /// <summary>Makes ScottPlot, which has one set of fonts for the whole process, draw with this one. May be called often.</summary>
    public static void Use() => _ = Registered.Value;

    /// <summary>Width of a text in pixels.</summary>
    public static float Width(string text, float size, bool isBold = false)
    {
        using var font = new SKFont(isBold ? Bold : Regular, size);
        return font.MeasureText(text);
    }

    /// <inheritdoc/>
    public SKTypeface CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        weight >= FontWeight.SemiBold ? Bold : Regular;

    /// <inheritdoc/>
    public SKTypeface CreateTypeface(string fontName, bool bold, bool italic) => bold ? Bold : Regular;

    private static ChartFont Register()
    {
        var font = new ChartFont();
        Fonts.FontResolvers.Insert(0, font);
        Fonts.Default = Family;
        return font;
    }

    private static SKTypeface Load(string file)
    {
        using var stream = typeof(ChartFont).Assembly.GetManifestResourceStream($"SlmPlanner.Presentation.Fonts.{file}")!;
        return SKTypeface.FromStream(stream);
    }
}
