using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SlmPlanner.Presentation.Json;

namespace SlmPlanner.Presentation.Schedules;

/// <summary>A schedule as JSON, with the sentences of its findings.</summary>
internal static class ScheduleJson
{
    public static JsonTypeInfo<ScheduleReport> Contract { get; } =
        (JsonTypeInfo<ScheduleReport>)new JsonSerializerOptions(ScheduleJsonContext.Default.Options)
    {
        TypeInfoResolver = ScheduleJsonContext.Default,
    }.WithSentences().GetTypeInfo(typeof(ScheduleReport));

    public static string Write(ScheduleReport report) => JsonSerializer.Serialize(report, Contract);
}

/// <summary>The contract of <see cref="ScheduleJson"/>, generated at build time.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ScheduleReport))]
[JsonSerializable(typeof(FindingText))]
internal sealed partial class ScheduleJsonContext : JsonSerializerContext;
