using System.Text.Json;
using SlmPlanner.Core;

namespace SlmPlanner.Data.Models.HuggingFace;

/// <summary>
/// Files that lie beside a model's configuration, or describe another kind of model: what they are, and what to give instead.
/// </summary>
internal static class OtherFiles
{
    /// <summary>How a pointer of Git LFS begins (git-lfs, docs/spec.md).</summary>
    private const string LfsStart = "version https://git-lfs.github.com/spec/";

    private static readonly (string Member, string What)[] Marks =
    [
        ("weight_map", "the index of a model's weight files"),
        ("added_tokens_decoder", "the configuration of a tokenizer"),
        ("added_tokens", "a tokenizer"),
        ("image_processor_type", "the configuration of an image processor"),
        ("feature_extractor_type", "the configuration of a feature extractor"),
        ("processor_class", "the configuration of a processor"),
        ("log_history", "the state of a trainer"),
        ("zero_optimization", "a DeepSpeed configuration"),
        ("train_micro_batch_size_per_gpu", "a DeepSpeed configuration"),
        ("distributed_type", "an accelerate configuration"),
        ("_class_name", "the configuration of a diffusion model"),
        ("do_sample", "a generation configuration"),
        ("_from_model_config", "a generation configuration"),
        ("max_new_tokens", "a generation configuration"),
        ("temperature", "a generation configuration"),
        ("tokenizer_class", "the configuration of a tokenizer"),
        ("chat_template", "the configuration of a tokenizer"),
        ("model_max_length", "the configuration of a tokenizer"),
        ("bos_token", "a map of special tokens"),
    ];

    /// <summary>Refuses a file whose text is a pointer.</summary>
    /// <exception cref="InputException">It is one.</exception>
    public static void RefusePointer(string file)
    {
        using var reader = new StreamReader(file);
        var start = new char[LfsStart.Length];
        if (reader.ReadBlock(start) == start.Length && start.AsSpan().SequenceEqual(LfsStart))
        {
            throw new InputException(
                $"{file} is a Git LFS pointer, not the file itself: fetch it with \"git lfs pull\", or download config.json from the "
                + $"model's page");
        }
    }

    /// <summary>Refuses a folder without a configuration, and files of weights, which are too large to be read as text.</summary>
    /// <exception cref="InputException">It is one.</exception>
    public static void RefusePlace(string path, string file)
    {
        const long LargestText = 16 << 20;
        if (!File.Exists(file))
        {
            throw new InputException(File.Exists(Path.Combine(path, "adapter_config.json"))
                ? $"{path} holds an adapter (adapter_config.json), not a model: give the config.json of its base model"
                : $"{path} is a folder without config.json");
        }
        if (Path.GetExtension(file).ToLowerInvariant() is ".safetensors" or ".bin" or ".gguf" or ".pt" or ".pth" or ".ckpt" or ".onnx"
            || new FileInfo(file).Length > LargestText)
            throw new InputException($"{file} holds weights, or is no configuration for its size: give the model's config.json, which "
                + $"lies beside it");
    }

    /// <summary>Refuses what describes no model.</summary>
    /// <exception cref="InputException">It does not.</exception>
    public static void Refuse(JsonElement config, string file)
    {
        if (config.TryGetProperty("peft_type", out var method)
            || (config.TryGetProperty("lora_alpha", out method) && !Has(config, "model_type")))
        {
            var kind = config.TryGetProperty("peft_type", out _) ? method.ToString() : "LoRA";
            var @base = Has(config, "base_model_name_or_path") ? config.GetProperty("base_model_name_or_path").ToString()
                : "its base model";
            throw new InputException($"{file} is the configuration of an adapter ({kind}), not of a model: give the config.json of "
                + $"{@base}");
        }
        if (Has(config, "model_type"))
            return;
        foreach (var (member, what) in Marks)
        {
            if (Has(config, member) && !Has(config, "hidden_size"))
                throw new InputException($"{file} is {what} (it has {member}), not of a model: give the model's config.json, which lies "
                    + $"beside it");
        }
    }

    /// <summary>Refuses models that are no decoders, and decoders that are known and not read.</summary>
    /// <exception cref="InputException">It is one.</exception>
    public static void RefuseType(JsonElement config, string? type, string file)
    {
        if (type is null)
            return;
        if (config.TryGetProperty("is_encoder_decoder", out var both) && both.ValueKind == JsonValueKind.True)
            throw new InputException($"{file}: model_type \"{type}\" is an encoder-decoder; plans are for decoders: give the "
                + $"config.json of one");
        if (ModelTypes.OtherKindOf(type) is { } kind)
            throw new InputException($"{file}: model_type \"{type}\" is {kind.Replace('_', ' ')}; plans are for decoders: give the "
                + $"config.json of one");
        if (ModelTypes.Unreadable(type) is { } reason)
            throw new InputException($"{file}: model_type \"{type}\" is not read: {reason}; describe the model by layers, widths and "
                + $"heads (docs/models.md)");
    }

    private static bool Has(JsonElement config, string member) =>
        config.TryGetProperty(member, out var value) && value.ValueKind != JsonValueKind.Null;
}
