using System.Text.Json;
using System.Text.Json.Serialization;

namespace SlmPlanner.Data.Models;

/// <summary>Contracts of the model files: snake_case, unknown members are errors.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(ModelFamily))]
[JsonSerializable(typeof(ModelEntry))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ModelJson : JsonSerializerContext;
