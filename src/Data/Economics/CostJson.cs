using System.Text.Json;
using System.Text.Json.Serialization;
using SlmPlanner.Core.Economics.Cost;

namespace SlmPlanner.Data.Economics;

/// <summary>Strict contract of <c>profiles/risk.json</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RiskProfile))]
internal sealed partial class CostJson : JsonSerializerContext;
