using System.Globalization;

namespace SlmPlanner.Core.Economics.Cost;

/// <summary>When a price was seen: a day, an interval of days, or an interval without a known start.</summary>
/// <param name="From">The earliest day it may be from; null when unknown.</param>
/// <param name="Until">The day it was last seen.</param>
public readonly record struct PriceDates(DateOnly? From, DateOnly Until)
{
    private const string Format = "yyyy-MM-dd";

    /// <summary>A price seen on one day.</summary>
    public static PriceDates On(DateOnly day) => new(day, day);

    /// <summary>
    /// Reads <c>2026-05-20</c>, <c>2026-05-20/2026-11-24</c> or <c>../2026-11-24</c> (ISO 8601); null when it is none of them.
    /// </summary>
    public static PriceDates? Parse(ReadOnlySpan<char> text)
    {
        var slash = text.IndexOf('/');
        if (slash < 0)
            return Day(text) is { } day ? On(day) : null;
        if (Day(text[(slash + 1)..]) is not { } until)
            return null;
        if (text[..slash] is "..")
            return new(null, until);
        return Day(text[..slash]) is { } from && from <= until ? new(from, until) : null;
    }

    /// <summary>The same text that <see cref="Parse"/> reads.</summary>
    public override string ToString() =>
        From == Until ? Write(Until) : $"{(From is { } from ? Write(from) : "..")}/{Write(Until)}";

    private static string Write(DateOnly day) => day.ToString(Format, CultureInfo.InvariantCulture);

    private static DateOnly? Day(ReadOnlySpan<char> text) =>
        DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
