namespace SlmPlanner.Core.Text;

/// <summary>How names are compared: GPUs, software stacks, machines of catalogs.</summary>
public static class Spelling
{
    /// <summary>A name in lower case, its spaces, dashes and underscores dropped.</summary>
    public static string Normalise(ReadOnlySpan<char> name)
    {
        Span<char> kept = name.Length <= 128 ? stackalloc char[name.Length] : new char[name.Length];
        var length = 0;
        foreach (var letter in name)
            if (letter is not ('-' or '_') && !char.IsWhiteSpace(letter))
                kept[length++] = char.ToLowerInvariant(letter);
        return kept[..length].ToString();
    }
}
