using System.Text.Json;
using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Batch;

/// <summary>Strict contract of <c>profiles/batch.json</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(BatchProfile))]
internal sealed partial class BatchJson : JsonSerializerContext;
