using System.Text.RegularExpressions;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Data.Measurements;

/// <summary>
/// What notes say of memory in files without a column for it: clauses such as <c>kind: torch peak allocated</c>, <c>unit GiB</c> and
/// <c>optimizer adamw_bnb_8bit</c>, each up to a semicolon or full stop. Null where they don't.
/// </summary>
internal static partial class NoteWords
{
    /// <summary>What a peak counts.</summary>
    public static MemoryKind? KindOf(string? notes) => Clause(Kind(), notes) switch
    {
        null => null,
        var text when text.Contains("allocated", StringComparison.OrdinalIgnoreCase) => MemoryKind.Allocated,
        var text when text.Contains("reserved", StringComparison.OrdinalIgnoreCase) => MemoryKind.Reserved,
        var text when text.Contains("nvidia-smi", StringComparison.OrdinalIgnoreCase)
            || text.Contains("device", StringComparison.OrdinalIgnoreCase) => MemoryKind.Device,
        _ => null,
    };

    /// <summary>The unit of a peak.</summary>
    public static MemoryUnit? UnitOf(string? notes) => Clause(Unit(), notes)?.Split(' ')[0].ToLowerInvariant() switch
    {
        "gb" => MemoryUnit.Gigabyte,
        "gib" => MemoryUnit.Gibibyte,
        _ => null,
    };

    /// <summary>The optimizer's words.</summary>
    public static string? OptimizerOf(string? notes) => Clause(Named(), notes) is { } text && OptimizerWords.Of(text) is not null ? text
        : null;

    private static string? Clause(Regex form, string? notes) =>
        notes is not null && form.Match(notes) is { Success: true } match ? match.Groups["text"].Value.Trim() : null;

    [GeneratedRegex(@"\bkind: (?<text>[^;.]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Kind();

    [GeneratedRegex(@"\bunit (?<text>GiB|GB)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Unit();

    [GeneratedRegex(@"\boptimizer (?!not )(?<text>[^;.]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Named();
}
