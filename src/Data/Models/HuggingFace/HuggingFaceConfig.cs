using System.Text.Json;
using SlmPlanner.Core;
using SlmPlanner.Core.Models;

namespace SlmPlanner.Data.Models.HuggingFace;

/// <summary>
/// Turns a Hugging Face <c>config.json</c> into a shape: by the layout of its <c>model_type</c> where that is known, else by its fields.
/// </summary>
internal static class HuggingFaceConfig
{
    private static readonly SortedDictionary<string, Func<ConfigFields, TransformerShape>> Layouts = new(StringComparer.Ordinal)
    {
        ["afmoe"] = BalancedExpertLayouts.Afmoe,
        ["apertus"] = LlamaLayouts.Apertus,
        ["aquila"] = LlamaLayouts.Llama,
        ["arcee"] = LlamaLayouts.Arcee,
        ["baichuan"] = LlamaLayouts.Llama,
        ["bailing_moe"] = BalancedExpertLayouts.Bailing,
        ["bailing_moe_v2"] = BalancedExpertLayouts.BailingV2,
        ["bamba"] = HybridLayouts.Bamba,
        ["biogpt"] = GptLayouts.BioGpt,
        ["bitnet"] = DenseLayouts.BitNet,
        ["bloom"] = GptLayouts.Bloom,
        ["chatglm"] = LlamaLayouts.ChatGlm,
        ["codegen"] = GptLayouts.CodeGen,
        ["cohere"] = NormedLayouts.Cohere,
        ["cohere2"] = NormedLayouts.Cohere2,
        ["deci"] = LlamaLayouts.Deci,
        ["deepseek"] = ExpertLayouts.DeepSeek,
        ["deepseek_v2"] = LatentLayouts.DeepSeek,
        ["deepseek_v3"] = LatentLayouts.DeepSeek,
        ["dots1"] = BalancedExpertLayouts.Dots,
        ["ernie4_5"] = LlamaLayouts.Ernie,
        ["ernie4_5_moe"] = ExpertLayouts.ErnieMoe,
        ["exaone"] = LlamaLayouts.Llama,
        ["exaone4"] = LlamaLayouts.Exaone4,
        ["falcon"] = GptLayouts.Falcon,
        ["falcon_h1"] = HybridLayouts.FalconH1,
        ["falcon_mamba"] = StateSpaceLayouts.Mamba,
        ["flex_olmo"] = ExpertLayouts.FlexOlmo,
        ["gemma"] = GemmaLayouts.Gemma,
        ["gemma2"] = GemmaLayouts.Gemma2,
        ["gemma3_text"] = GemmaLayouts.Gemma3,
        ["gemma3n_text"] = PerLayerInputLayouts.Gemma3n,
        ["gemma4_text"] = PerLayerInputLayouts.Gemma4,
        ["glm"] = LlamaLayouts.Glm,
        ["glm4"] = LlamaLayouts.Glm4,
        ["glm4_moe"] = BalancedExpertLayouts.Glm4,
        ["glm4_moe_lite"] = BalancedExpertLayouts.Glm4Lite,
        ["glm4v_text"] = LlamaLayouts.Glm4v,
        ["gpt2"] = GptLayouts.Gpt2,
        ["gpt_bigcode"] = GptLayouts.GptBigCode,
        ["gpt_neo"] = GptLayouts.GptNeo,
        ["gpt_neox"] = GptLayouts.GptNeoX,
        ["gpt_oss"] = ExpertLayouts.GptOss,
        ["gptj"] = GptLayouts.GptJ,
        ["granite"] = LlamaLayouts.Llama,
        ["granitemoe"] = ExpertLayouts.GraniteMoe,
        ["granitemoehybrid"] = HybridLayouts.GraniteHybrid,
        ["granitemoeshared"] = ExpertLayouts.GraniteMoe,
        ["helium"] = LlamaLayouts.Helium,
        ["hf_olmo"] = NormedLayouts.OwnOlmo,
        ["hunyuan_v1_dense"] = LlamaLayouts.HunYuan,
        ["hyperclovax"] = DenseLayouts.HyperClovaX,
        ["internlm"] = LlamaLayouts.InternLm,
        ["internlm2"] = LlamaLayouts.InternLm,
        ["internlm3"] = LlamaLayouts.InternLm3,
        ["jais"] = GptLayouts.Jais,
        ["jais2"] = DenseLayouts.Jais2,
        ["jamba"] = HybridLayouts.Jamba,
        ["lfm2"] = HybridLayouts.Lfm2,
        ["lfm2_moe"] = HybridLayouts.Lfm2Moe,
        ["llama"] = LlamaLayouts.Llama,
        ["llama4_text"] = DenseLayouts.Llama4,
        ["mamba"] = StateSpaceLayouts.Mamba,
        ["mamba2"] = StateSpaceLayouts.Mamba2,
        ["minicpm"] = ExpertLayouts.MiniCpm,
        ["minicpm3"] = LatentLayouts.MiniCpm3,
        ["ministral"] = LlamaLayouts.Mistral,
        ["ministral3"] = LlamaLayouts.Mistral,
        ["mistral"] = LlamaLayouts.Mistral,
        ["mixtral"] = ExpertLayouts.Mixtral,
        ["mobilellm"] = LlamaLayouts.MobileLlm,
        ["modernbert-decoder"] = DenseLayouts.ModernBertDecoder,
        ["mpt"] = GptLayouts.Mpt,
        ["nanochat"] = DenseLayouts.NanoChat,
        ["nemotron"] = NormedLayouts.Nemotron,
        ["nemotron_h"] = HybridLayouts.NemotronH,
        ["olmo"] = LlamaLayouts.Olmo,
        ["olmo2"] = LlamaLayouts.Olmo2,
        ["olmo3"] = LlamaLayouts.Olmo2,
        ["olmo_hybrid"] = DeltaLayouts.OlmoHybrid,
        ["olmoe"] = ExpertLayouts.Olmoe,
        ["openai-gpt"] = GptLayouts.Gpt,
        ["openelm"] = LayerwiseLayouts.OpenElm,
        ["opt"] = GptLayouts.Opt,
        ["orion"] = NormedLayouts.Orion,
        ["persimmon"] = NormedLayouts.Persimmon,
        ["phi"] = GptLayouts.Phi,
        ["phi-msft"] = GptLayouts.OwnPhi,
        ["phi3"] = LlamaLayouts.Phi3,
        ["phi3small"] = DenseLayouts.Phi3Small,
        ["phimoe"] = ExpertLayouts.PhiMoe,
        ["qwen"] = LlamaLayouts.Qwen,
        ["qwen2"] = LlamaLayouts.Qwen2,
        ["qwen2_moe"] = ExpertLayouts.Qwen2Moe,
        ["qwen3"] = LlamaLayouts.Qwen3,
        ["qwen3_5_moe_text"] = DeltaLayouts.Qwen35Moe,
        ["qwen3_5_text"] = DeltaLayouts.Qwen35,
        ["qwen3_moe"] = ExpertLayouts.Qwen3Moe,
        ["qwen3_next"] = DeltaLayouts.Qwen3Next,
        ["recurrent_gemma"] = HybridLayouts.RecurrentGemma,
        ["rwkv"] = RwkvLayouts.Rwkv4,
        ["rwkv5"] = RwkvLayouts.Rwkv5,
        ["rwkv6"] = RwkvLayouts.Rwkv6,
        ["rwkv7"] = RwkvLayouts.Rwkv7,
        ["seed_oss"] = DenseLayouts.SeedOss,
        ["smollm3"] = LlamaLayouts.Llama,
        ["stablelm"] = NormedLayouts.StableLm,
        ["starcoder2"] = NormedLayouts.StarCoder2,
        ["vaultgemma"] = DenseLayouts.VaultGemma,
        ["xglm"] = GptLayouts.Xglm,
        ["xverse"] = LlamaLayouts.Llama,
        ["yi"] = LlamaLayouts.Llama,
        ["zamba"] = SharedBlockLayouts.Zamba,
        ["zamba2"] = SharedBlockLayouts.Zamba2,
    };

    /// <summary>The values of <c>model_type</c> that have a layout.</summary>
    public static IReadOnlyCollection<string> SupportedTypes => Layouts.Keys;

    /// <summary>Reads a parsed configuration.</summary>
    /// <param name="config">The root object.</param>
    /// <param name="file">Its file, for messages and for the model's name where the configuration has none.</param>
    /// <exception cref="InputException">
    /// The file describes no decoder, or one that can't be counted, or fields are missing or out of range; all are listed.
    /// </exception>
    public static TransformerShape Read(JsonElement config, string file)
    {
        OtherFiles.Refuse(config, file);
        var part = TextPart.Of(config);
        var type = Known(part) ?? (HasSizes(part.Config) ? Unnamed : null);
        if (type is null && !IsOwnMamba(config))
            throw new InputException($"{file}: model_type is missing; {Supported}");
        OtherFiles.RefuseType(config, type, file);
        var known = type is not null && Layouts.ContainsKey(type);
        var fields = new ConfigFields(part.Config, type is null ? null : DefaultsOf(part, type), part.Name is not null);
        var shape = type is null ? StateSpaceLayouts.Own(fields) : known ? Layouts[type](fields) : UnknownLayout.Read(fields, type);
        CountChanging.Refuse(fields, known || type is null);
        if (fields.Problems.Count > 0)
            throw new InputException($"{file} (model_type {type ?? "none: state-spaces/mamba"}): {string.Join("; ", fields.Problems)}");
        return ShapeLimits.Checked(
            shape with
            {
                Name = NameOf(new(config), file),
                Source = $"{Path.GetFileName(file)}, model_type {type ?? "none"}",
                AssumedFrom = known || type is null ? null : type,
                LeftOut = part.LeftOut,
            },
            file);
    }

    /// <summary>
    /// The type of a part; that of the class it names among its architectures where the type itself is not known; null without either.
    /// </summary>
    private static string? Known(TextPart part)
    {
        if (part.Type is { } type && (Layouts.ContainsKey(type) || ModelTypes.Unreadable(type) is not null
            || ModelTypes.OtherKindOf(type) is not null))
            return type;
        var architectures = new ConfigFields(part.Config).Texts("architectures") ?? [];
        return architectures.Count == 1 ? ModelTypes.OfArchitecture(architectures[0]) ?? part.Type : part.Type;
    }

    /// <summary>What a class takes for members that are left out: the class of the type as it is written, where the table has it.</summary>
    private static JsonElement? DefaultsOf(TextPart part, string type) =>
        (part.Written is { } written ? ModelTypes.DefaultsOf(written) : null) ?? ModelTypes.DefaultsOf(type);

    private static string Supported => $"supported are decoders, among them {string.Join(", ", SupportedTypes)}";

    /// <summary>Stands for the type of a file that states none and has the sizes of a decoder.</summary>
    private const string Unnamed = "none";

    private static bool HasSizes(JsonElement config) =>
        config.TryGetProperty("hidden_size", out _) && config.TryGetProperty("num_hidden_layers", out _)
        && config.TryGetProperty("num_attention_heads", out _);

    private static bool IsOwnMamba(JsonElement config) =>
        config.TryGetProperty("d_model", out _) && config.TryGetProperty("n_layer", out _) && config.TryGetProperty("ssm_cfg", out _);

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
