using System.Text.Json;
using System.Text.Json.Serialization;
using SlmPlanner.Core.Economics.Energy;

namespace SlmPlanner.Data.Economics;

/// <summary>Strict contract of <c>profiles/carbon.json</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PowerProfile))]
internal sealed partial class EnergyJson : JsonSerializerContext;
