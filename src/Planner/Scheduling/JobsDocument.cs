using System.Text.Json;
using System.Text.Json.Serialization;

namespace SlmPlanner.Planner.Scheduling;

/// <summary>The jobs file of <c>slm-plan schedule</c>.</summary>
/// <param name="SchemaVersion">Version of the format, 1.</param>
/// <param name="Jobs">The jobs.</param>
internal sealed record JobsDocument(int SchemaVersion, IReadOnlyList<JobEntry> Jobs)
{
    /// <summary>The version that this program reads.</summary>
    public const int CurrentVersion = 1;
}

/// <summary>One job as written.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Model">A known model, or a file.</param>
/// <param name="Tokens">Tokens, for example <c>20B</c>.</param>
/// <param name="Value">What finishing it is worth against the others, 1 to 1000.</param>
/// <param name="GlobalBatch">Tokens per optimizer step, for example <c>512K</c>; null for the setting's.</param>
/// <param name="SeqLen">Tokens per sequence; null for the model's.</param>
internal sealed record JobEntry(
    string Name, string Model, string Tokens, int Value = 1, string? GlobalBatch = null, int? SeqLen = null);

/// <summary>Strict contract of the jobs file.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(JobsDocument))]
internal sealed partial class SchedulingJson : JsonSerializerContext;
