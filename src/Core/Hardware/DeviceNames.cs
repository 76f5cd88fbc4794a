namespace SlmPlanner.Core.Hardware;

/// <summary>
/// The one table of device spellings. A spelling is normalised (lower case; spaces, dashes and underscores dropped) and
/// must then match a whole entry: never a part of one, since "L4" is in "L40S" and "A40" in "RTX A4000".
/// </summary>
public sealed class DeviceNames
{
    private const double MemoryTolerance = 0.1;
    private readonly Dictionary<string, string> _canonical = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(double MemoryGib, string Device)>> _byMemory = new(StringComparer.Ordinal);

    /// <summary>The spelling that is compared.</summary>
    public static string Normalise(ReadOnlySpan<char> spelling)
    {
        Span<char> kept = spelling.Length <= 128 ? stackalloc char[spelling.Length] : new char[spelling.Length];
        var length = 0;
        foreach (var letter in spelling)
            if (letter is not ('-' or '_') && !char.IsWhiteSpace(letter))
                kept[length++] = char.ToLowerInvariant(letter);
        return kept[..length].ToString();
    }

    /// <summary>Makes a spelling stand for a device; a later layer replaces an earlier one.</summary>
    public void Add(string spelling, string device) => _canonical[Normalise(spelling)] = device;

    /// <summary>Makes a spelling with a stated memory stand for a device.</summary>
    public void Add(string spelling, double memoryGib, string device)
    {
        var key = Normalise(spelling);
        if (!_byMemory.TryGetValue(key, out var variants))
            _byMemory[key] = variants = [];
        variants.Insert(0, (memoryGib, device));
    }

    /// <summary>The canonical name; null when the spelling is unknown.</summary>
    /// <param name="spelling">As found in a file or typed.</param>
    /// <param name="memoryGib">Memory of one device where the file states it.</param>
    public string? Find(ReadOnlySpan<char> spelling, double? memoryGib = null)
    {
        var key = Normalise(spelling);
        if (memoryGib is { } stated && _byMemory.TryGetValue(key, out var variants))
            foreach (var (memory, device) in variants)
                if (Math.Abs(stated - memory) <= MemoryTolerance * memory)
                    return device;
        return _canonical.GetValueOrDefault(key);
    }
}
