using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SlmPlanner.Core;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Data.Json;
using SlmPlanner.Presentation.Json;

namespace SlmPlanner.Presentation.Probes;

/// <summary>What measuring first is worth as JSON, with the sentences of its findings.</summary>
internal static class ProbeJson
{
    public static JsonTypeInfo<ProbePlan> Contract { get; } =
        (JsonTypeInfo<ProbePlan>)new JsonSerializerOptions(ProbeJsonContext.Default.Options)
    {
        TypeInfoResolver = ProbeJsonContext.Default,
    }.WithSentences().GetTypeInfo(typeof(ProbePlan));

    /// <summary>Reads a saved answer; <paramref name="name"/> stands in messages for the file.</summary>
    /// <exception cref="InputException">The text is none.</exception>
    public static ProbePlan Read(string json, string name) => JsonFile.Parse(json, Contract, name);

    public static string Write(ProbePlan plan) => JsonSerializer.Serialize(plan, Contract);
}

/// <summary>The contract of <see cref="ProbeJson"/>, generated at build time.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ProbePlan))]
[JsonSerializable(typeof(FindingText))]
internal sealed partial class ProbeJsonContext : JsonSerializerContext;
