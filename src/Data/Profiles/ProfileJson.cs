using System.Text.Json.Serialization;
using SlmPlanner.Core.Hardware;

namespace SlmPlanner.Data.Profiles;

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
[JsonSerializable(typeof(NetworkList))]
[JsonSerializable(typeof(HostList))]
public sealed partial class ProfileJson : JsonSerializerContext;
