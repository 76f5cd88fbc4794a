using System.Runtime.CompilerServices;
using System.Security;
using System.Text;

namespace SlmPlanner.Presentation.Pages;

/// <summary>
/// Markup that is safe to show. It is made from templates in the source, whose holes are escaped unless they hold
/// markup themselves, so that no text from a user can become markup.
/// </summary>
public readonly record struct Html
{
    private readonly string? _markup;

    private Html(string markup) => _markup = markup;

    /// <summary>Markup from an interpolated string: literals are markup, strings in holes are text.</summary>
    public static Html Of(HtmlTemplate template) => new(template.Markup);

    /// <summary>Plain text, escaped.</summary>
    public static Html Text(string text) => new(SecurityElement.Escape(text));

    /// <summary>Markup that this program made by other means, such as an SVG document.</summary>
    public static Html Trusted(string markup) => new(markup);

    /// <summary>One after the other.</summary>
    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts));

    /// <summary>The markup.</summary>
    public override string ToString() => _markup ?? "";
}

/// <summary>Builds <see cref="Html"/> from an interpolated string; used by the compiler.</summary>
[InterpolatedStringHandler]
public readonly ref struct HtmlTemplate(int literalLength, int formattedCount)
{
    private readonly StringBuilder _markup = new(literalLength + 32 * formattedCount);

    /// <summary>What was built.</summary>
    internal string Markup => _markup.ToString();

    /// <summary>Adds a piece of the template.</summary>
    public void AppendLiteral(string literal) => _markup.Append(literal);

    /// <summary>Adds text, escaped.</summary>
    public void AppendFormatted(string? text) => _markup.Append(SecurityElement.Escape(text));

    /// <summary>Adds a whole number.</summary>
    public void AppendFormatted(int number) => _markup.Append(number);

    /// <summary>Adds markup.</summary>
    public void AppendFormatted(Html html) => _markup.Append(html.ToString());

    /// <summary>Adds several pieces of markup.</summary>
    public void AppendFormatted(IEnumerable<Html> parts) => _markup.AppendJoin("", parts);
}
