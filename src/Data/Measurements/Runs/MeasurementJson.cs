using System.Text.Json;
using System.Text.Json.Serialization;

namespace SlmPlanner.Data.Measurements.Runs;

/// <summary>How everything this program writes and reads is spelt: snake_case keys, enums by their words, no nulls written.</summary>
public static class MeasurementJson
{
    /// <summary>One line per document.</summary>
    public static JsonSerializerOptions Line { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>Indented, for files and standard output that people read.</summary>
    public static JsonSerializerOptions Pretty { get; } = new(Line) { WriteIndented = true };
}
