using System.Text.Json;
using System.Text.Json.Serialization;
using SlmPlanner.Core.Economics.Batch;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Energy;
using SlmPlanner.Core.Economics.Loss;
using SlmPlanner.Core.Economics.Renting;
using SlmPlanner.Core.Units;

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

/// <summary>Strict contract of the files in <c>profiles/loss</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ScalingLaw))]
internal sealed partial class LossJson : JsonSerializerContext;

/// <summary>Strict contract of <c>profiles/batch.json</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(BatchProfile))]
internal sealed partial class BatchJson : JsonSerializerContext;

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

/// <summary>Strict contract of <c>profiles/availability.json</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AvailabilityProfile))]
internal sealed partial class AvailabilityJson : JsonSerializerContext;
