using System.Globalization;

namespace SlmPlanner.Data.Logs.Lines;

/// <summary>
/// Spans of time as programs write them: <c>0:07:12</c> or <c>2 days, 1:20:01</c> (LLaMA-Factory, litgpt), <c>1h 20m 1s</c> (ms-swift).
/// </summary>
internal static class TimeText
{
    private const double Minute = 60, Hour = 3600, Day = 86_400;

    /// <summary>Seconds; null for any other text.</summary>
    public static double? Seconds(string? text)
    {
        if (text is null || text.Length is 0 or > 40)
            return null;
        if (!text.Contains(':', StringComparison.Ordinal))
            return OfUnits(text);
        var comma = text.IndexOf(", ", StringComparison.Ordinal);
        var days = comma < 0 ? 0 : Number(text[..comma].Split(' ')[0]);
        var parts = text[(comma < 0 ? 0 : comma + 2)..].Split(':');
        return parts.Length == 3 && Number(parts[0]) is { } hours && Number(parts[1]) is { } minutes && Number(parts[2]) is { } seconds
            ? days * Day + hours * Hour + minutes * Minute + seconds : null;
    }

    private static double? OfUnits(string text)
    {
        double sum = 0;
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            double unit = part[^1] switch
            {
                'd' => Day,
                'h' => Hour,
                'm' => Minute,
                's' => 1,
                _ => double.NaN,
            };
            if (double.IsNaN(unit) || Number(part[..^1]) is not { } number)
                return null;
            sum += number * unit;
        }
        return sum;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
