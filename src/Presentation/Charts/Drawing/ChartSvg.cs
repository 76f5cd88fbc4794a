using System.Globalization;
using System.Xml.Linq;

namespace SlmPlanner.Presentation.Charts.Drawing;

/// <summary>
/// Makes ScottPlot's SVG fit to stand in a page: scalable, named for screen readers, without identifiers that could
/// clash between charts, and with texts that keep their width in whatever font the reader has.
/// </summary>
internal static class ChartSvg
{
    private const string Fallback = $"{ChartFont.Family}, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>The document as text, without an XML declaration.</summary>
    public static string Portable(string svg, Chart chart, ChartSize size)
    {
        var root = XElement.Parse(svg);
        root.SetAttributeValue("viewBox", $"0 0 {size.Width} {size.Height}");
        root.SetAttributeValue("role", "img");
        root.SetAttributeValue("aria-label", chart.Title);
        root.Attributes().Where(attribute => attribute.IsNamespaceDeclaration && attribute.Name.LocalName == "xlink").Remove();
        root.Descendants(Svg + "clipPath").ToArray().Remove();
        foreach (var element in root.Descendants().ToArray())
        {
            element.SetAttributeValue("clip-path", null);
            if (element.Name == Svg + "text")
                FixText(element);
        }
        foreach (var group in root.Descendants(Svg + "g").Where(group => !group.HasAttributes).ToArray())
            group.ReplaceWith(group.Nodes());
        root.AddFirst(new XElement(Svg + "title", chart.Title), new XElement(Svg + "desc", chart.Caption));
        return root.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    private static void FixText(XElement text)
    {
        text.Value = text.Value.Trim();
        var size = float.Parse(text.Attribute("font-size")!.Value, CultureInfo.InvariantCulture);
        var isBold = text.Attribute("font-weight") is { Value: "bold" or "600" or "700" };
        text.SetAttributeValue("x", First(text, "x"));
        text.SetAttributeValue("y", First(text, "y"));
        text.SetAttributeValue("font-family", Fallback);
        text.SetAttributeValue("textLength", ChartFont.Width(text.Value, size, isBold).ToString("F1", CultureInfo.InvariantCulture));
        text.SetAttributeValue("lengthAdjust", "spacingAndGlyphs");
    }

    private static string? First(XElement text, string attribute) => text.Attribute(attribute)?.Value.Split(',')[0].Trim();
}
