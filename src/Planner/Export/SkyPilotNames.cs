using System.Text.Json.Serialization;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Planner.Export;

/// <summary>SkyPilot's names of GPUs, from a table that ships with the program.</summary>
internal static class SkyPilotNames
{
    /// <summary>Canonical device name → SkyPilot's accelerator name, where the two differ.</summary>
    public static IReadOnlyDictionary<string, string> Accelerators { get; } =
        JsonFile.Beside(typeof(SkyPilotNames), "SkyPilotNames.json", SkyPilotNamesContext.Default.SkyPilotNamesFile).Accelerators;

    /// <summary>SkyPilot's name; the canonical name where SkyPilot has the same.</summary>
    public static string Of(string gpu) => Accelerators.GetValueOrDefault(gpu, gpu);
}

/// <summary>The table's file.</summary>
/// <param name="Source">Where the names were read.</param>
/// <param name="Accelerators">Canonical name → SkyPilot's name.</param>
internal sealed record SkyPilotNamesFile(string Source, Dictionary<string, string> Accelerators);

/// <summary>Its contract.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(SkyPilotNamesFile))]
internal sealed partial class SkyPilotNamesContext : JsonSerializerContext;
