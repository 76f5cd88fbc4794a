using System.Globalization;
using System.Text.RegularExpressions;
using SlmPlanner.Core.Text;

namespace SlmPlanner.Core.Hardware;

/// <summary>
/// The one table of device spellings. A spelling is normalised (<see cref="Spelling.Normalise"/>) and must then match a whole
/// entry: never a part of one, since "L4" is in "L40S" and "A40" in "RTX A4000". What makers put around a name (their brand, the memory,
/// the form of the card) is taken off by <see cref="Parse"/>; the words for it are data.
/// </summary>
public sealed partial class DeviceNames
{
    private const double MemoryTolerance = 0.1;
    private readonly Dictionary<string, string> _canonical = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(double MemoryGib, string Device)>> _byMemory = new(StringComparer.Ordinal);
    private readonly HashSet<string> _brands = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _forms = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _memoryKinds = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes a spelling stand for a device; a later layer replaces an earlier one.</summary>
    public void Add(string spelling, string device) => _canonical[Spelling.Normalise(spelling)] = device;

    /// <summary>Makes a spelling with a stated memory stand for a device.</summary>
    public void Add(string spelling, double memoryGib, string device)
    {
        var key = Spelling.Normalise(spelling);
        if (!_byMemory.TryGetValue(key, out var variants))
            _byMemory[key] = variants = [];
        variants.Insert(0, (memoryGib, device));
    }

    /// <summary>Adds words that stand around names.</summary>
    /// <param name="brands">Words before a name that tell no two devices apart, as NVIDIA or GeForce.</param>
    /// <param name="forms">Words for the form of a card or module, as a device's form factor begins.</param>
    /// <param name="memoryKinds">Words for the kind of memory.</param>
    public void AddWords(IEnumerable<string> brands, IEnumerable<string> forms, IEnumerable<string> memoryKinds)
    {
        _brands.UnionWith(brands);
        _forms.UnionWith(forms);
        _memoryKinds.UnionWith(memoryKinds);
    }

    /// <summary>The canonical name of a spelling that is a whole entry; null when there is none.</summary>
    /// <param name="spelling">As found in a file or typed.</param>
    /// <param name="memoryGib">Memory of one device where the file states it.</param>
    public string? Find(ReadOnlySpan<char> spelling, double? memoryGib = null)
    {
        var key = Spelling.Normalise(spelling);
        if (memoryGib is { } stated && _byMemory.TryGetValue(key, out var variants))
            foreach (var (memory, device) in variants)
                if (Math.Abs(stated - memory) <= MemoryTolerance * memory)
                    return device;
        return _canonical.GetValueOrDefault(key);
    }

    /// <summary>Takes brands, memory and form off a spelling.</summary>
    public DeviceSpelling Parse(ReadOnlySpan<char> spelling)
    {
        var words = spelling.ToString().Split([' ', '-', '_', '\t'], StringSplitOptions.RemoveEmptyEntries).AsSpan();
        while (words.Length > 1 && _brands.Contains(words[0]))
            words = words[1..];
        var (rest, form, memory) = (new List<string>(), (string?)null, (double?)null);
        foreach (var word in words)
        {
            if (MemoryWord().Match(word) is { Success: true } match)
                memory = double.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
            else if (_forms.Contains(word))
                form = word;
            else if (!_memoryKinds.Contains(word))
                rest.Add(word);
        }
        return new(string.Concat(rest), form, memory);
    }

    [GeneratedRegex("^(?<number>[0-9]{1,4}(\\.[0-9])?)(g|gb|gib)$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex MemoryWord();
}

/// <summary>A spelling in its parts.</summary>
/// <param name="Name">The name without brands, memory and form.</param>
/// <param name="Form">The word for the form; null where none is said.</param>
/// <param name="MemoryGib">Memory said in the spelling; null where none is.</param>
public readonly record struct DeviceSpelling(string Name, string? Form, double? MemoryGib)
{
    /// <summary>A name states the nominal memory: 94 and 96 GB are two devices.</summary>
    private const double NominalTolerance = 0.01;

    /// <summary>True when what the spelling says of memory and form is so of a device.</summary>
    public bool Agrees(Accelerator device) =>
        (MemoryGib is not { } memory || Math.Abs(memory - device.MemoryGib) <= NominalTolerance * device.MemoryGib)
        && (Form is not { } form || device.FormFactor?.StartsWith(form, StringComparison.OrdinalIgnoreCase) == true);
}
