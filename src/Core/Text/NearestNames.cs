using F23.StringSimilarity;

namespace SlmPlanner.Core.Text;

/// <summary>Suggests known names for a name that is not known.</summary>
public static class NearestNames
{
    private static readonly Levenshtein Levenshtein = new();
    private static readonly Damerau Damerau = new();

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
    /// A sentence that says the name is unknown, with the one nearest name where it is near enough to be meant; for what has a
    /// <c>--help</c>.
    /// </summary>
    /// <param name="kind">What the name stands for, for example <c>command</c>.</param>
    /// <param name="name">What was asked for.</param>
    /// <param name="known">What there is.</param>
    public static string Unlike(string kind, string name, IEnumerable<string> known) =>
        Of(name, known, 1) is [var nearest] && IsNear(Folded(name), Folded(nearest))
            ? $"unknown {kind} '{name}'; did you mean '{nearest}'?"
            : $"unknown {kind} '{name}'; see --help";

    /// <summary>
    /// The least number of insertions, deletions and substitutions that turn one text into the other (Levenshtein 1966).
    /// </summary>
    public static int Distance(string left, string right) => (int)Levenshtein.Distance(left, right);

    /// <summary>
    /// It is the beginning of the known name, or at most every third letter is wrong; two letters that changed places are one slip
    /// (Damerau 1964).
    /// </summary>
    private static bool IsNear(string name, string known) =>
        name.Length > 0
        && (known.StartsWith(name, StringComparison.Ordinal) || Damerau.Distance(name, known) <= Math.Max(1, known.Length / 3));

    /// <summary>Case and separators don't count as differences.</summary>
    private static string Folded(string name) =>
        string.Concat(name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));
}
