using System.Globalization;

namespace SlmPlanner.Data.Logs.Lines;

/// <summary>Spans of time as Python writes them, <c>0:07:12</c> or <c>2 days, 1:20:01</c>, in logs of LLaMA-Factory and litgpt.</summary>
internal static class TimeText
{
    private const double SecondsPerDay = 86_400;

    /// <summary>Seconds; null for any other text.</summary>
    public static double? Seconds(string? text)
    {
        if (text is null || text.Length > 40)
            return null;
        var comma = text.IndexOf(", ", StringComparison.Ordinal);
        var days = comma < 0 ? 0 : Number(text[..comma].Split(' ')[0]);
        var parts = text[(comma < 0 ? 0 : comma + 2)..].Split(':');
        return parts.Length == 3 && Number(parts[0]) is { } hours && Number(parts[1]) is { } minutes && Number(parts[2]) is { } seconds
            ? days * SecondsPerDay + hours * 3600 + minutes * 60 + seconds : null;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
