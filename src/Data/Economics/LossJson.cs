using System.Text.Json;
using System.Text.Json.Serialization;
using SlmPlanner.Core.Economics.Loss;

namespace SlmPlanner.Data.Economics;

/// <summary>Strict contract of the files in <c>profiles/loss</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ScalingLaw))]
internal sealed partial class LossJson : JsonSerializerContext;
