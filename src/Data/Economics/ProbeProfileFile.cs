using System.Text.Json.Serialization;
using SlmPlanner.Core;
using SlmPlanner.Core.Planning.Probes;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Data.Economics;

/// <summary>Reads <c>probe.json</c> under a profiles folder.</summary>
public static class ProbeProfileFile
{
    /// <summary>How long a probe is and how exact, by the file.</summary>
    /// <exception cref="InputException">A missing or malformed file.</exception>
    public static ProbeProfile Read(string profiles) =>
        JsonFile.Read(Path.Combine(profiles, "probe.json"), ProbeProfileJson.Default.ProbeProfile, FormatVersion.OfDataFiles);
}

/// <summary>Strict contract of <c>profiles/probe.json</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ProbeProfile))]
internal sealed partial class ProbeProfileJson : JsonSerializerContext;
