using System.Text.Json;
using SlmPlanner.Core;
using SlmPlanner.Core.Models;

namespace SlmPlanner.Data.Models.HuggingFace;

/// <summary>Turns a Hugging Face <c>config.json</c> into a shape, by the layout of its <c>model_type</c>.</summary>
internal static class HuggingFaceConfig
{
    private static readonly SortedDictionary<string, Func<ConfigFields, TransformerShape>> Layouts = new(StringComparer.Ordinal)
    {
        ["gemma"] = GemmaLayouts.Gemma,
        ["gemma2"] = GemmaLayouts.Gemma2,
        ["gemma3_text"] = GemmaLayouts.Gemma3,
        ["gpt2"] = GptLayouts.Gpt2,
        ["gpt_neo"] = GptLayouts.GptNeo,
        ["gpt_neox"] = GptLayouts.GptNeoX,
        ["llama"] = LlamaLayouts.Llama,
        ["mistral"] = LlamaLayouts.Mistral,
        ["mobilellm"] = LlamaLayouts.MobileLlm,
        ["mpt"] = GptLayouts.Mpt,
        ["olmo"] = LlamaLayouts.Olmo,
        ["olmo2"] = LlamaLayouts.Olmo2,
        ["phi"] = GptLayouts.Phi,
        ["phi3"] = LlamaLayouts.Phi3,
        ["qwen2"] = LlamaLayouts.Qwen2,
        ["qwen3"] = LlamaLayouts.Qwen3,
        ["smollm3"] = LlamaLayouts.SmolLm3,
    };

    /// <summary>The values of <c>model_type</c> that can be read.</summary>
    public static IReadOnlyCollection<string> SupportedTypes => Layouts.Keys;

    /// <summary>Reads a parsed configuration.</summary>
    /// <param name="config">The root object.</param>
    /// <param name="file">Its file, for messages and for the model's name where the configuration has none.</param>
    /// <exception cref="InputException">The model type has no layout here, or fields are missing or out of range; all are listed.</exception>
    public static TransformerShape Read(JsonElement config, string file)
    {
        var fields = new ConfigFields(config);
        var type = fields.Text("model_type");
        if (type is null || !Layouts.TryGetValue(type, out var layout))
            throw new InputException($"{file}: model_type is {(type is null ? "missing" : $"\"{type}\"")}; {Supported}");
        var shape = layout(fields) with { Name = NameOf(fields, file), Source = $"{Path.GetFileName(file)}, model_type {type}" };
        return fields.Problems.Count == 0
            ? ShapeLimits.Checked(shape, file)
            : throw new InputException($"{file} (model_type {type}): {string.Join("; ", fields.Problems)}");
    }

    private static string Supported =>
        $"supported are the dense decoders {string.Join(", ", SupportedTypes)} (no mixture of experts, encoder or state-space model)";

    /// <summary>The name the configuration states, else its folder's (a config.json) or its own.</summary>
    private static string NameOf(ConfigFields fields, string file)
    {
        var full = Path.GetFullPath(file);
        var ownName = Path.GetFileNameWithoutExtension(full);
        string?[] candidates =
        [
            Path.GetFileName(fields.Text("_name_or_path")?.TrimEnd('/', '\\')),
            ownName == "config" ? Path.GetFileName(Path.GetDirectoryName(full)) : null,
            ownName,
        ];
        return candidates.First(name => !string.IsNullOrWhiteSpace(name))!;
    }
}
