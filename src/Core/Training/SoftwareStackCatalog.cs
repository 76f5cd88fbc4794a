using SlmPlanner.Core.Text;

namespace SlmPlanner.Core.Training;

/// <summary>
/// Finds the stack named in free text: by one of its spellings; else by its text without what is in brackets; else by the
/// words that occur in it as whole words: the first of the list with facts of time, and the first with facts of memory.
/// </summary>
public sealed class SoftwareStackCatalog
{
    private readonly Dictionary<string, SoftwareStack> _bySpelling = new(StringComparer.Ordinal);
    private readonly List<StackWord> _words = [];

    /// <summary>Joins lists. A later entry replaces what it states of an earlier one's time or memory and leaves the other.</summary>
    /// <param name="entries">Stacks with their spellings.</param>
    /// <param name="words">What words say of a stack that is not known by name, the most telling first.</param>
    public SoftwareStackCatalog(IEnumerable<StackEntry> entries, IEnumerable<StackWord> words)
    {
        foreach (var word in words)
        {
            var known = _words.FindIndex(entry => string.Equals(entry.Word, word.Word, StringComparison.OrdinalIgnoreCase));
            if (known < 0)
                _words.Add(word);
            else
                _words[known] = new(
                    word.Word, word.Time ?? _words[known].Time, word.Memory ?? _words[known].Memory, word.MemoryOf
                    ?? _words[known].MemoryOf,
                    word.IsKernels || _words[known].IsKernels);
        }
        foreach (var entry in entries)
            foreach (var spelling in entry.Spellings)
            {
                var key = Spelling.Normalise(spelling);
                var known = _bySpelling.GetValueOrDefault(key) ?? ByWords(spelling);
                _bySpelling[key] = new(
                    entry.Time is null ? known.Name : entry.FittedAs ?? entry.Name, entry.Time ?? known.Time, entry.Memory ?? known.Memory)
                {
                    MemoryOf = entry.Memory is null ? known.MemoryOf : entry.MemoryOf ?? entry.Name,
                };
            }
    }

    private SoftwareStackCatalog(SoftwareStackCatalog known, IEnumerable<string> names)
    {
        _words = known._words;
        _bySpelling = new(known._bySpelling, StringComparer.Ordinal);
        foreach (var name in names)
            _bySpelling.TryAdd(Spelling.Normalise(name), known.Find(name));
    }

    /// <summary>The stacks known by name.</summary>
    public IEnumerable<SoftwareStack> Stacks => _bySpelling.Values.Distinct().OrderBy(stack => stack.Name, StringComparer.Ordinal);

    /// <summary>
    /// These, and stacks that only their rows name: then such a name is found however it is spelt, as one of the list is.
    /// </summary>
    /// <param name="names">Stacks that rows name.</param>
    public SoftwareStackCatalog With(IEnumerable<string> names) => new(this, names);

    /// <summary>The stack; <see cref="SoftwareStack.Unknown"/> for null, empty or a text without known words.</summary>
    public SoftwareStack Find(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return SoftwareStack.Unknown;
        return _bySpelling.TryGetValue(Spelling.Normalise(text), out var known)
            || _bySpelling.TryGetValue(Spelling.Normalise(WithoutBrackets(text)), out known)
            ? known
            : ByWords(text);
    }

    /// <summary>
    /// The stack of a run: with the library of fused kernels that its notes name, where the two together are known by name, else as its
    /// text alone says.
    /// </summary>
    /// <param name="text">The stack as it is named.</param>
    /// <param name="notes">What else was written down of the run.</param>
    public SoftwareStack Find(string? text, string? notes) =>
        !string.IsNullOrWhiteSpace(text) && LibraryIn(notes) is { Word: var library }
        && _bySpelling.TryGetValue(Spelling.Normalise(Together(text, library)), out var both)
            ? both : Find(text);

    /// <summary>
    /// The library of fused kernels that notes name, as the traits of a stack with it; null where they name none, or say that there is
    /// none, or that the run was made before it.
    /// </summary>
    public MemoryTraits? KernelsIn(string? notes) => LibraryIn(notes)?.Memory;

    private StackWord? LibraryIn(string? notes)
    {
        if (string.IsNullOrWhiteSpace(notes))
            return null;
        var clauses = notes.Split([';', ',', '.', ':']).Select(Words).ToList();
        return _words.Find(entry => entry.IsKernels && clauses.Exists(clause =>
            Array.FindIndex(clause, word => word.Equals(entry.Word, StringComparison.OrdinalIgnoreCase)) is >= 0 and var at
            && !(at > 0 && IsNegation(clause[at - 1])) && !clause.Take(at).Contains("before", StringComparer.OrdinalIgnoreCase)));
    }

    /// <summary>"A (b)" with c is "A + c (b)".</summary>
    private static string Together(string text, string library) =>
        $"{WithoutBrackets(text).TrimEnd()} + {library} {text[WithoutBrackets(text).Length..]}".TrimEnd();

    private static bool IsNegation(string word) => word.ToLowerInvariant() is "no" or "not" or "without";

    private static string[] Words(string text) =>
        text.Split([' ', '(', ')', '+', '/', ',', '-', '_', ';', ':', '.'], StringSplitOptions.RemoveEmptyEntries);

    private SoftwareStack ByWords(string text)
    {
        var words = Words(text).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var time = _words.Find(entry => entry.Time is not null && words.Contains(entry.Word))?.Time;
        var memory = _words.Find(entry => entry.Memory is not null && words.Contains(entry.Word));
        return new(text, time ?? SoftwareStack.Unknown.Time, memory?.Memory ?? MemoryTraits.Unknown) { MemoryOf = memory?.MemoryOf };
    }

    private static string WithoutBrackets(string text) =>
        text.IndexOf('(', StringComparison.Ordinal) is > 0 and var at ? text[..at] : text;
}

/// <summary>A stack as its file states it.</summary>
/// <param name="Name">Our name.</param>
/// <param name="Spellings">Every text that means it, the name included where it is one.</param>
/// <param name="Time">What time shows; null leaves what an earlier entry states.</param>
/// <param name="Memory">What memory shows; null leaves what an earlier entry states.</param>
/// <param name="FittedAs">The stack whose rows it counts with; null for itself.</param>
/// <param name="MemoryOf">The stack whose memory facts those are; null for its own.</param>
public sealed record StackEntry(
    string Name, IReadOnlyList<string> Spellings, StackTime? Time, MemoryTraits? Memory = null, string? FittedAs = null,
    string? MemoryOf = null);

/// <summary>What a word in a stack's text says.</summary>
/// <param name="Word">A whole word; case does not matter.</param>
/// <param name="Time">What time shows.</param>
/// <param name="Memory">What memory shows.</param>
/// <param name="MemoryOf">The stack whose memory facts those are.</param>
/// <param name="IsKernels">True for a library of fused kernels, which notes may name whatever the stack.</param>
public sealed record StackWord(string Word, StackTime? Time, MemoryTraits? Memory = null, string? MemoryOf = null, bool IsKernels = false);
