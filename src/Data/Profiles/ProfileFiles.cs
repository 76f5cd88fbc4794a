using System.Text.Json.Serialization;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Offers;

namespace SlmPlanner.Data.Profiles;

/// <summary>The contract of <c>devices/aliases.json</c>: every spelling of a device's name that files in use contain.</summary>
internal sealed record AliasList
{
    /// <summary>Version of this format.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>What is done to a spelling before it is compared, for people.</summary>
    public required string Normalisation { get; init; }

    /// <summary>Words before a name that tell no two devices apart.</summary>
    public IReadOnlyList<string>? Brands { get; init; }

    /// <summary>Words for the form of a card or module; a device's form factor must begin with the one that a spelling has.</summary>
    public IReadOnlyList<string>? Forms { get; init; }

    /// <summary>Words for the kind of memory, which tell no two devices apart.</summary>
    public IReadOnlyList<string>? MemoryKinds { get; init; }

    /// <summary>Other spellings by canonical name.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Aliases { get; init; }

    /// <summary>Spellings whose meaning depends on the memory stated beside them.</summary>
    public required IReadOnlyList<MemoryAlias> ByMemory { get; init; }
}

/// <summary>A spelling that means a device when its memory is stated.</summary>
/// <param name="Spelling">The spelling.</param>
/// <param name="MemoryGib">Memory of one device in GiB; a stated amount within a tenth matches.</param>
/// <param name="Device">Canonical name.</param>
internal sealed record MemoryAlias(string Spelling, double MemoryGib, string Device);

/// <summary>The contract of <c>hosts.json</c>: machines that carry accelerators which catalogs price apart from them.</summary>
public sealed record HostList
{
    /// <summary>Version of this format.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>Where the pairs come from.</summary>
    public required string Source { get; init; }

    /// <summary>Machines per accelerator and number.</summary>
    public required IReadOnlyList<HostEntry> Hosts { get; init; }
}

/// <summary>The machines that carry so many of an accelerator.</summary>
/// <param name="Accelerator">The accelerator as the catalog spells it.</param>
/// <param name="Count">Accelerators in the machine.</param>
/// <param name="InstanceTypes">The machines.</param>
public sealed record HostEntry(string Accelerator, int Count, IReadOnlyList<string> InstanceTypes);

/// <summary>Strict contracts of the data files: unknown, missing, repeated or null fields are errors; names are snake_case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(DeviceFile))]
[JsonSerializable(typeof(SourceList))]
[JsonSerializable(typeof(AliasList))]
[JsonSerializable(typeof(ArchitectureList))]
[JsonSerializable(typeof(NetworkList))]
[JsonSerializable(typeof(HostList))]
[JsonSerializable(typeof(ProviderList))]
[JsonSerializable(typeof(StalledPipelines))]
internal sealed partial class ProfileJson : JsonSerializerContext;
