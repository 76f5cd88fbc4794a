using System.Text.Json;
using System.Text.Json.Serialization;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Units;

namespace SlmPlanner.Data.Economics;

/// <summary>Strict contract of <c>profiles/risk.json</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    Converters = [typeof(RiskProfileConverter)],
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RiskProfile))]
[JsonSerializable(typeof(SourcedNumber))]
[JsonSerializable(typeof(IReadOnlyList<ProviderBilling>))]
internal sealed partial class CostJson : JsonSerializerContext;
