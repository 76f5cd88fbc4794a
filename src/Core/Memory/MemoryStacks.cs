using SlmPlanner.Core.Hardware;

namespace SlmPlanner.Core.Memory;

/// <summary>
/// The memory traits of software stacks, from <c>profiles/memory.json</c>. A stack is found by one of its names (case,
/// spaces, dashes and underscores aside), else by the first entry with a word that occurs in the text as a whole word.
/// </summary>
public sealed class MemoryStacks
{
    private readonly Dictionary<string, MemoryTraits> _byName = new(StringComparer.Ordinal);
    private readonly List<(string Word, MemoryTraits Traits)> _byWord = [];

    /// <summary>Indexes a list.</summary>
    public MemoryStacks(MemoryStackList list)
    {
        foreach (var stack in list.Stacks)
        {
            foreach (var name in stack.Names)
                _byName[DeviceNames.Normalise(name)] = stack.Traits;
            _byWord.AddRange((stack.Words ?? []).Select(word => (word, stack.Traits)));
        }
    }

    /// <summary>A stack's traits; <see cref="MemoryTraits.Unknown"/> for null and for what the file does not know.</summary>
    public MemoryTraits Of(string? stack)
    {
        if (string.IsNullOrWhiteSpace(stack))
            return MemoryTraits.Unknown;
        if (_byName.TryGetValue(DeviceNames.Normalise(stack), out var traits))
            return traits;
        var words = stack.Split([' ', '(', ')', '+', '/', ',', '-', '_', ':', '.'], StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return _byWord.Find(entry => words.Contains(entry.Word)).Traits ?? MemoryTraits.Unknown;
    }
}
