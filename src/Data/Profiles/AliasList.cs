namespace SlmPlanner.Data.Profiles;

/// <summary>The contract of <c>devices/aliases.json</c>: every spelling of a device's name that files in use contain.</summary>
public sealed record AliasList
{
    /// <summary>Version of this format.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>What is done to a spelling before it is compared, for people.</summary>
    public required string Normalisation { get; init; }

    /// <summary>Other spellings by canonical name.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Aliases { get; init; }

    /// <summary>Spellings whose meaning depends on the memory stated beside them.</summary>
    public required IReadOnlyList<MemoryAlias> ByMemory { get; init; }
}

/// <summary>A spelling that means a device when its memory is stated.</summary>
/// <param name="Spelling">The spelling.</param>
/// <param name="MemoryGib">Memory of one device in GiB; a stated amount within a tenth matches.</param>
/// <param name="Device">Canonical name.</param>
public sealed record MemoryAlias(string Spelling, double MemoryGib, string Device);
