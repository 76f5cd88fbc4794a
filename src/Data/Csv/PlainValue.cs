using System.Globalization;

namespace SlmPlanner.Data.Csv;

/// <summary>Values as text that programs read again: invariant culture, shortest form, ISO dates; empty for null.</summary>
public static class PlainValue
{
    /// <summary>The text of a value.</summary>
    public static string Write(object? value) => value switch
    {
        null => "",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>The text as a field of a CSV file, quoted where it must be.</summary>
    public static string Csv(object? value)
    {
        var text = Write(value);
        return text.AsSpan().ContainsAny(",\"\r\n") || text != text.Trim() ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
    }
}
