using System.Text.Json.Serialization;
using SlmPlanner.Core.Profiles;

namespace SlmPlanner.Core.Memory;

/// <summary>The memory traits of known software stacks, from <c>profiles/memory.json</c>.</summary>
public sealed class StackTraits
{
    private readonly Dictionary<string, MemoryTraits> _byName = new(StringComparer.OrdinalIgnoreCase);

    private StackTraits(StackTraitsFile file)
    {
        foreach (var (entry, name) in file.Stacks.SelectMany(entry => entry.Names.Select(name => (entry, name))))
            _byName[name] = entry.Traits;
    }

    /// <summary>Reads the file.</summary>
    /// <exception cref="InputException">Missing, malformed or of another version.</exception>
    public static StackTraits Load(string path)
    {
        var file = JsonFile.Read(path, StackTraitsJson.Default.StackTraitsFile);
        return file.SchemaVersion == StackTraitsFile.CurrentVersion
            ? new(file)
            : throw new InputException($"{path}: schema_version is {file.SchemaVersion}, allowed {StackTraitsFile.CurrentVersion}");
    }

    /// <summary>A stack's traits; <see cref="MemoryTraits.Unknown"/> for null and for names that the file does not have.</summary>
    public MemoryTraits Of(string? stack) =>
        stack is not null && _byName.TryGetValue(stack, out var traits) ? traits : MemoryTraits.Unknown;
}

/// <summary>The contract of <c>profiles/memory.json</c>.</summary>
/// <param name="SchemaVersion">Version of the format.</param>
/// <param name="Source">Where the traits were read.</param>
/// <param name="Date">When, <c>yyyy-mm-dd</c>.</param>
/// <param name="Stacks">The stacks.</param>
public sealed record StackTraitsFile(int SchemaVersion, string Source, string Date, IReadOnlyList<StackTraitsEntry> Stacks)
{
    /// <summary>The version this program reads.</summary>
    public const int CurrentVersion = 1;
}

/// <summary>One stack under all its names.</summary>
/// <param name="Names">As measured rows and users name it.</param>
/// <param name="Reason">What in its code or manual gives it these traits.</param>
/// <param name="Traits">The traits that differ from an unknown stack's.</param>
public sealed record StackTraitsEntry(IReadOnlyList<string> Names, string Reason, MemoryTraits Traits);

/// <summary>Contract of the stack file: snake_case, unknown members are errors.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(StackTraitsFile))]
internal sealed partial class StackTraitsJson : JsonSerializerContext;
