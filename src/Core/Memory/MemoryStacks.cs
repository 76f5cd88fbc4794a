using SlmPlanner.Core.Hardware;

namespace SlmPlanner.Core.Memory;

/// <summary>
/// The memory traits of software stacks, from <c>profiles/memory.json</c>. A stack is found by one of its names (case,
/// spaces, dashes and underscores aside), else by the first entry with a word that occurs in the text as a whole word.
/// </summary>
public sealed class MemoryStacks
{
    private readonly Dictionary<string, MemoryStackEntry> _byName = new(StringComparer.Ordinal);
    private readonly List<(string Word, MemoryStackEntry Entry)> _byWord = [];

    /// <summary>Indexes a list.</summary>
    public MemoryStacks(MemoryStackList list)
    {
        foreach (var stack in list.Stacks)
        {
            foreach (var name in stack.Names)
                _byName[DeviceNames.Normalise(name)] = stack;
            _byWord.AddRange((stack.Words ?? []).Select(word => (word, stack)));
        }
    }

    /// <summary>A stack's traits; <see cref="MemoryTraits.Unknown"/> for null and for what the file does not know.</summary>
    public MemoryTraits Of(string? stack) => Find(stack)?.Traits ?? MemoryTraits.Unknown;

    /// <summary>True when the file knows the stack.</summary>
    public bool Knows(string? stack) => Find(stack) is not null;

    /// <summary>The first name of a stack that the file knows; empty for others.</summary>
    public string NameOf(string? stack) => Find(stack)?.Names[0] ?? "";

    private MemoryStackEntry? Find(string? stack)
    {
        if (string.IsNullOrWhiteSpace(stack))
            return null;
        if (_byName.TryGetValue(DeviceNames.Normalise(stack), out var entry))
            return entry;
        var words = stack.Split([' ', '(', ')', '+', '/', ',', '-', '_', ':', '.'], StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return _byWord.Find(named => words.Contains(named.Word)).Entry;
    }
}
