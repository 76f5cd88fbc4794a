using System.Text.Json;
using System.Text.Json.Serialization;
using SlmPlanner.Core.Economics.Batch;

namespace SlmPlanner.Data.Economics;

/// <summary>Strict contract of <c>profiles/batch.json</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(BatchProfile))]
internal sealed partial class BatchJson : JsonSerializerContext;
