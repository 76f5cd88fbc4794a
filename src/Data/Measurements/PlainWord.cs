namespace SlmPlanner.Data.Measurements;

/// <summary>A field's text as it is compared, and the texts that say nothing.</summary>
internal static class PlainWord
{
    private static readonly HashSet<string> Unstated = new(StringComparer.Ordinal)
    {
        "", "na", "unknown", "unspecified", "unstated", "notstated", "notreported", "notgiven",
    };

    /// <summary>Letters, in lower case, and digits; all else dropped.</summary>
    public static string Of(ReadOnlySpan<char> text)
    {
        Span<char> kept = text.Length <= 128 ? stackalloc char[text.Length] : new char[text.Length];
        var length = 0;
        foreach (var letter in text)
            if (char.IsLetterOrDigit(letter))
                kept[length++] = char.ToLowerInvariant(letter);
        return kept[..length].ToString();
    }

    /// <summary>True where a field is empty or says that nobody knows: <c>?</c>, <c>-</c>, <c>n/a</c>, <c>unknown</c>.</summary>
    public static bool IsUnstated(ReadOnlySpan<char> text) => text.Length <= 16 && Unstated.Contains(Of(text));
}
