using System.Text.Json;
using System.Text.Json.Serialization;
using SlmPlanner.Core.Measurements;

namespace SlmPlanner.Data.Measurements;

/// <summary>Contract of observations: one JSON document each, docs/schema/observation.schema.json.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Observation))]
internal sealed partial class ObservationJson : JsonSerializerContext;
