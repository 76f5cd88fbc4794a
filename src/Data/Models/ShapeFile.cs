using System.Text.Json;
using SlmPlanner.Core;
using SlmPlanner.Core.Models;
using SlmPlanner.Data.Json;
using SlmPlanner.Data.Models.HuggingFace;
using SlmPlanner.Data.Models.Trainers;

namespace SlmPlanner.Data.Models;

/// <summary>Reads one shape from a path that a user gave.</summary>
public static class ShapeFile
{
    /// <summary>
    /// From a Hugging Face <c>config.json</c>, a folder that holds one, one shape in our own format, or what trainers are given: nanoGPT's
    /// Python file, LitGPT's YAML, Megatron-LM's arguments, torchtitan's TOML, Llama's <c>params.json</c>. Weights beside a configuration
    /// (<c>*.safetensors</c>) must have as many parameters as it describes.
    /// </summary>
    /// <exception cref="InputException">Not readable, not supported, invalid, or contradicted by the weights.</exception>
    public static TransformerShape Read(string path)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, "config.json") : path;
        OtherFiles.RefusePlace(path, file);
        OtherFiles.RefusePointer(file);
        try
        {
            return OfKind(file);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException
            or OverflowException)
        {
            throw new InputException($"{file}: a value is no text or number that can be read: {exception.Message}", exception);
        }
    }

    private static TransformerShape OfKind(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".py" => NanoGptConfig.Read(file),
        ".toml" => TorchTitanConfig.Read(file),
        ".yaml" or ".yml" => OfYaml(file),
        ".json" => OfJson(file),
        _ => OfText(file),
    };

    private static TransformerShape OfYaml(string file)
    {
        var root = YamlValues.Read(file);
        return LitGptConfig.Is(root) ? LitGptConfig.Read(root, file)
            : throw new InputException($"{file}: no mlp_class_name and n_embd, as LitGPT's model_config.yaml has; give a config.json of "
                + $"the model");
    }

    private static TransformerShape OfText(string file)
    {
        var text = File.ReadAllText(file);
        return MegatronArguments.Are(text) ? MegatronArguments.Read(text, file) : OfJson(file);
    }

    private static TransformerShape OfJson(string file)
    {
        var root = JsonFile.Read(file, ModelJson.Default.JsonElement);
        if (root.ValueKind != JsonValueKind.Object)
            throw new InputException($"{file}: holds a JSON {root.ValueKind.ToString().ToLowerInvariant()}, expected an object");
        if (!root.TryGetProperty("model_type", out _) && root.TryGetProperty("n_layers", out _) && root.TryGetProperty("ffn_kind", out _))
            return JsonFile.Read(file, ModelJson.Default.ModelEntry).ToShape(file);
        if (LlamaParams.Are(root))
            return LlamaParams.Read(root, file);
        var shape = HuggingFaceConfig.Read(root, file);
        SafetensorsHeader.Check(shape, Path.GetDirectoryName(Path.GetFullPath(file))!);
        return shape;
    }
}
