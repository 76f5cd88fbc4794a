using System.Text.Json;
using SlmPlanner.Core;
using SlmPlanner.Core.Models;
using SlmPlanner.Data.Json;
using SlmPlanner.Data.Models.HuggingFace;

namespace SlmPlanner.Data.Models;

/// <summary>Reads one shape from a path that a user gave.</summary>
public static class ShapeFile
{
    /// <summary>
    /// From a Hugging Face <c>config.json</c> (it has <c>model_type</c>), a folder that holds one, or one shape in our
    /// own format. Weights beside a configuration (<c>*.safetensors</c>) must have as many parameters as it describes.
    /// </summary>
    /// <exception cref="InputException">Not readable, not supported, invalid, or contradicted by the weights.</exception>
    public static TransformerShape Read(string path)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, "config.json") : path;
        if (!File.Exists(file))
            throw new InputException($"{path} is a folder without config.json");
        var root = JsonFile.Read(file, ModelJson.Default.JsonElement);
        if (root.ValueKind != JsonValueKind.Object)
            throw new InputException($"{file}: holds a JSON {root.ValueKind.ToString().ToLowerInvariant()}, expected an object");
        if (!root.TryGetProperty("model_type", out _) && root.TryGetProperty("n_layers", out _) && root.TryGetProperty("ffn_kind", out _))
            return JsonFile.Read(file, ModelJson.Default.ModelEntry).ToShape(file);
        var shape = HuggingFaceConfig.Read(root, file);
        SafetensorsHeader.Check(shape, Path.GetDirectoryName(Path.GetFullPath(file))!);
        return shape;
    }
}
