using SlmPlanner.Core.Hardware;

namespace SlmPlanner.Core.Performance;

/// <summary>
/// Finds the traits of a stack named in free text: by one of its spellings; else by its text without what is in
/// brackets; else by the first word of the list of words that occurs in it as a whole word.
/// </summary>
public sealed class StackCatalog
{
    private readonly Dictionary<string, StackTraits> _bySpelling = new(StringComparer.Ordinal);
    private readonly List<StackWord> _words = [];

    /// <summary>Joins lists; a later one replaces entries of an earlier one.</summary>
    public StackCatalog(IEnumerable<StackList> lists)
    {
        foreach (var list in lists)
        {
            foreach (var stack in list.Stacks)
                foreach (var spelling in stack.Aliases.Prepend(stack.Name))
                    _bySpelling[DeviceNames.Normalise(spelling)] = new(stack.Name, stack.Family, stack.Kernels, stack.PadsVocabulary, stack.Zero1InNode);
            _words.AddRange(list.Words);
        }
    }

    /// <summary>The stacks known by name.</summary>
    public IEnumerable<StackTraits> Stacks => _bySpelling.Values.Distinct().OrderBy(stack => stack.Name, StringComparer.Ordinal);

    /// <summary>The traits of a stack; <see cref="StackTraits.Unknown"/> for null, empty or a text without known words.</summary>
    public StackTraits Find(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return StackTraits.Unknown;
        if (_bySpelling.TryGetValue(DeviceNames.Normalise(text), out var known)
            || _bySpelling.TryGetValue(DeviceNames.Normalise(WithoutBrackets(text)), out known))
            return known;
        var words = Words(text).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var word = _words.FirstOrDefault(entry => words.Contains(entry.Word));
        return word is null
            ? StackTraits.Unknown with { Name = text }
            : new(text, word.Family, word.Kernels, word.PadsVocabulary);
    }

    private static string WithoutBrackets(string text) =>
        text.IndexOf('(', StringComparison.Ordinal) is > 0 and var at ? text[..at] : text;

    private static string[] Words(string text) =>
        text.Split([' ', '(', ')', '+', '/', ',', '-', '_', ';', ':', '.'], StringSplitOptions.RemoveEmptyEntries);
}
