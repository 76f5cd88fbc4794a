namespace SlmPlanner.Data.Catalogs;

/// <summary>A row that was not imported.</summary>
/// <param name="File">The text it stands in.</param>
/// <param name="Line">The line on which it starts.</param>
/// <param name="Reason">Why, in words that many rows share.</param>
/// <param name="Subject">What exactly: the value that is wrong.</param>
public sealed record SkippedRow(string File, int Line, string Reason, string Subject);

/// <summary>Rows that were not imported: all counted by reason, the first of each reason kept, every one passed on.</summary>
/// <param name="each">Is told of every row; null when nobody asks.</param>
public sealed class SkipLog(Action<SkippedRow>? each = null)
{
    /// <summary>Rows kept per reason.</summary>
    public const int KeptPerReason = 5;

    private const int LongestSubject = 200;

    private readonly SortedDictionary<string, (int Count, List<SkippedRow> First)> _reasons = new(StringComparer.Ordinal);

    /// <summary>Rows per reason with the first of them.</summary>
    public IEnumerable<(string Reason, int Count, IReadOnlyList<SkippedRow> First)> Reasons =>
        _reasons.Select(entry => (entry.Key, entry.Value.Count, (IReadOnlyList<SkippedRow>)entry.Value.First));

    /// <summary>Rows in all.</summary>
    public int Count => _reasons.Values.Sum(entry => entry.Count);

    /// <summary>Rows of machines without a GPU, which are no news and only counted.</summary>
    public int WithoutGpu { get; set; }

    /// <summary>Adds a row.</summary>
    public void Add(string file, int line, string reason, string subject = "")
    {
        var row = new SkippedRow(file, line, reason, subject.Length <= LongestSubject ? subject : subject[..LongestSubject] + "…");
        each?.Invoke(row);
        var (count, first) = _reasons.TryGetValue(reason, out var known) ? known : (0, []);
        if (first.Count < KeptPerReason)
            first.Add(row);
        _reasons[reason] = (count + 1, first);
    }
}
