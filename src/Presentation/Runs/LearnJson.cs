using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace SlmPlanner.Presentation.Runs;

/// <summary>What <c>slm-plan learn</c> found, as one document.</summary>
/// <param name="SchemaVersion">Version of the form.</param>
/// <param name="DryRun">True where nothing was to be kept.</param>
/// <param name="Evidence">The store that it was kept in; null where nothing was.</param>
/// <param name="Observations">One entry for each run.</param>
public sealed record LearnReport(int SchemaVersion, bool DryRun, string? Evidence, IReadOnlyList<LearnedRun> Observations);

/// <summary>Writes a <see cref="LearnReport"/> as JSON.</summary>
public static class LearnJson
{
    internal static JsonTypeInfo<LearnReport> Contract => LearnJsonContext.Default.LearnReport;

    /// <summary>The document.</summary>
    public static string Write(LearnReport report) => JsonSerializer.Serialize(report, LearnJsonContext.Default.LearnReport);
}

/// <summary>The contract of <see cref="LearnJson"/>, generated at build time.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(LearnReport))]
internal sealed partial class LearnJsonContext : JsonSerializerContext;
