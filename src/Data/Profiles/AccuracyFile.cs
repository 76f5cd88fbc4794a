using System.Text.Json;
using System.Text.Json.Serialization;
using SlmPlanner.Core;
using SlmPlanner.Core.Accuracy;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Data.Profiles;

/// <summary>Reads and writes the accuracy table.</summary>
public static class AccuracyFile
{
    /// <summary>Reads committed figures.</summary>
    /// <exception cref="InputException">Not such a file of this version.</exception>
    public static AccuracyReport Read(string path) =>
        JsonFile.Read(path, AccuracyJson.Default.AccuracyReport, AccuracyReport.CurrentVersion);

    /// <summary>The text to write.</summary>
    public static string Text(AccuracyReport report) => JsonSerializer.Serialize(report, AccuracyJson.Default.AccuracyReport) + "\n";
}

/// <summary>Contract of the accuracy table.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(AccuracyReport))]
internal sealed partial class AccuracyJson : JsonSerializerContext;
