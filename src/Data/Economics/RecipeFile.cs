using System.Text.Json;
using System.Text.Json.Serialization;
using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Recipe;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Data.Economics;

/// <summary>Reads <c>recipe.json</c> under a profiles folder.</summary>
public static class RecipeFile
{
    /// <summary>The rules' constants.</summary>
    /// <exception cref="InputException">A missing or malformed file.</exception>
    public static RecipeProfile Read(string profiles) =>
        JsonFile.Read(Path.Combine(profiles, "recipe.json"), RecipeJson.Default.RecipeProfile, FormatVersion.OfDataFiles);
}

/// <summary>Strict contract of <c>profiles/recipe.json</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RecipeProfile))]
internal sealed partial class RecipeJson : JsonSerializerContext;
