using System.Text.RegularExpressions;

namespace SlmPlanner.Core.Workloads;

/// <summary>
/// Which publication a source's text names. A publication is the same at every commit, page and table: a repository (or one issue, pull
/// request or discussion of it, which others write), a preprint, a web page. What that rule can't know stands in a table.
/// </summary>
/// <param name="spellings">Beginnings of texts with the publication that they name; the longest that fits counts.</param>
public sealed partial class PublicationCatalog(IReadOnlyDictionary<string, string> spellings)
{
    /// <summary>The rule alone.</summary>
    public static PublicationCatalog RuleOnly { get; } = new(new Dictionary<string, string>());

    private readonly (string Spelling, string Publication)[] _spellings =
        [.. spellings.OrderByDescending(pair => pair.Key.Length).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => (pair.Key, pair.Value))];

    /// <summary>The publication; null for an empty text.</summary>
    public string? Of(string? source)
    {
        if (string.IsNullOrWhiteSpace(source))
            return null;
        var text = source.Trim();
        foreach (var (spelling, publication) in _spellings)
            if (text.StartsWith(spelling, StringComparison.OrdinalIgnoreCase))
                return publication;
        if (Thread().Match(text) is { Success: true } thread)
            return $"{thread.Groups["repository"].Value} {thread.Groups["kind"].Value} #{thread.Groups["number"].Value}";
        return Address().Match(text) is { Success: true } address ? address.Value : text;
    }

    /// <summary>
    /// What the figures of a source share beyond who wrote them: the repository that they are of, whatever its owner, revision, page or
    /// issue, by its name in small letters; the publication where it is of none. Peaks of memory are weighed and left out by it, since
    /// strangers who write in the issues of one repository run the same software.
    /// </summary>
    internal string? RepositoryOf(string? source) => Of(source) is not { } publication ? null
        : Repository().Match(publication) is { Success: true } match ? match.Groups["name"].Value.ToLowerInvariant() : publication;

    [GeneratedRegex(@"^(github:)?[\w.-]+/(?<name>[\w.-]+)")]
    private static partial Regex Repository();

    [GeneratedRegex(@"^(?<repository>github:[^\s@/]+/[^\s@/]+)\S*\s+(?<kind>issue|pull|discussion) #(?<number>\d+)")]
    private static partial Regex Thread();

    [GeneratedRegex(@"^(github:[^\s@/]+/[^\s@/]+|arXiv:[\w.]+|https?://\S+)", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
