using System.Text.Json;
using System.Text.Json.Serialization;
using SlmPlanner.Core;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Performance;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Data.Profiles;

/// <summary>Reads what is known of software stacks.</summary>
public static class StackFiles
{
    /// <summary>Reads <c>stacks/*.json</c> of every layer.</summary>
    public static StackCatalog Read(ProfileStore store) =>
        new(store.All("stacks", "*.json").Select(path => JsonFile.Read(path, StackJson.Default.StackList, FormatVersion.OfDataFiles)));

    /// <summary>Reads what stacks keep in memory.</summary>
    /// <exception cref="InputException">Missing, malformed or of another version.</exception>
    public static MemoryStacks ReadMemory(string path) =>
        new(JsonFile.Read(path, MemoryStackJson.Default.MemoryStackList, MemoryStackList.CurrentVersion));
}

/// <summary>Strict contract of stack files.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StackList))]
internal sealed partial class StackJson : JsonSerializerContext;

/// <summary>Contract of the stack file: snake_case, unknown members are errors.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(MemoryStackList))]
internal sealed partial class MemoryStackJson : JsonSerializerContext;
