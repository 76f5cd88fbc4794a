namespace SlmPlanner.Core.Text;

/// <summary>Suggests known names for a name that is not known.</summary>
public static class NearestNames
{
    /// <summary>
    /// The known names closest in spelling to <paramref name="name"/>, closest first, ties in ordinal order;
    /// names that begin with it come before all others.
    /// </summary>
    /// <param name="name">What was asked for.</param>
    /// <param name="known">What there is.</param>
    /// <param name="count">Most names to return.</param>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> known, int count = 3) =>
        [.. known.Distinct(StringComparer.Ordinal)
            .OrderBy(candidate => Folded(candidate).StartsWith(Folded(name), StringComparison.Ordinal) ? 0 : 1)
            .ThenBy(candidate => Distance(Folded(name), Folded(candidate)))
            .ThenBy(candidate => candidate, StringComparer.Ordinal)
            .Take(count)];

    /// <summary>A sentence that says the name is unknown and what was perhaps meant.</summary>
    /// <param name="kind">What the name stands for, for example <c>GPU</c>.</param>
    /// <param name="name">What was asked for.</param>
    /// <param name="known">What there is.</param>
    public static string Unknown(string kind, string name, IEnumerable<string> known)
    {
        var nearest = Of(name, known);
        return nearest.Count == 0
            ? $"unknown {kind} '{name}'; none is known"
            : $"unknown {kind} '{name}'; did you mean {string.Join(", ", nearest)}?";
    }

    /// <summary>
    /// The least number of insertions, deletions and substitutions that turn one text into the other (Levenshtein 1966).
    /// </summary>
    public static int Distance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var current = new int[right.Length + 1];
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substituted = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                current[j] = Math.Min(substituted, Math.Min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[right.Length];
    }

    /// <summary>Case and separators don't count as differences.</summary>
    private static string Folded(string name) =>
        string.Concat(name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));
}
