using System.Text.Json.Serialization;
using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Project;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Data.Economics;

/// <summary>Reads <c>project.json</c> under a profiles folder.</summary>
public static class ProjectFile
{
    /// <summary>What a project is taken to do where the user does not say it.</summary>
    /// <exception cref="InputException">A missing or malformed file.</exception>
    public static ProjectProfile Read(string profiles) =>
        JsonFile.Read(Path.Combine(profiles, "project.json"), ProjectJson.Default.ProjectProfile, FormatVersion.OfDataFiles);
}

/// <summary>Strict contract of <c>profiles/project.json</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = System.Text.Json.Serialization.JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ProjectProfile))]
internal sealed partial class ProjectJson : JsonSerializerContext;
