using SlmPlanner.Core.Models;

namespace SlmPlanner.Data.Models.HuggingFace;

/// <summary>
/// Decoders of the Llama line: rotary positions, gated feed-forward, pre-norm. Absent members take the defaults of the
/// classes in Hugging Face Transformers (<c>src/transformers/models/*/configuration_*.py</c>).
/// </summary>
internal static class LlamaLayouts
{
    public static TransformerShape Llama(ConfigFields config)
    {
        var (layers, d, heads) = (config.Count("num_hidden_layers"), config.Count("hidden_size"), config.Count("num_attention_heads"));
        var attentionBias = config.Flag("attention_bias", otherwise: false);
        return new()
        {
            Name = "",
            Layers = layers,
            DModel = d,
            Heads = heads,
            KvHeads = config.OptionalCount("num_key_value_heads") ?? heads,
            HeadDim = config.OptionalCount("head_dim") ?? Math.Max(1, d / heads),
            DFfn = config.Count("intermediate_size"),
            FfnKind = FfnKind.Swiglu,
            Vocab = config.Count("vocab_size"),
            TiedEmbeddings = config.Flag("tie_word_embeddings", otherwise: false),
            MaxPositions = config.OptionalCount("max_position_embeddings") ?? 2048,
            QkvBias = attentionBias,
            AttentionOutBias = attentionBias,
            FfnBias = config.Flag("mlp_bias", otherwise: false),
        };
    }

    public static TransformerShape Mistral(ConfigFields config) =>
        Llama(config) with { KvHeads = config.OptionalCount("num_key_value_heads") ?? 8 };

    public static TransformerShape Phi3(ConfigFields config) => Llama(config);

    /// <summary>MobileLLM: the head shares the embedding unless stated. Blocks run twice (layer_sharing) have no place in a shape.</summary>
    public static TransformerShape MobileLlm(ConfigFields config)
    {
        if (config.Flag("layer_sharing", otherwise: false))
            config.Refuse("layer_sharing", "false");
        return Llama(config) with { TiedEmbeddings = config.Flag("share_embedding", otherwise: true) };
    }

    /// <summary>Qwen 2 and 2.5: biases on queries, keys and values alone.</summary>
    public static TransformerShape Qwen2(ConfigFields config) =>
        Llama(config) with { QkvBias = true, AttentionOutBias = false, FfnBias = false };

    /// <summary>Qwen 3: normalised queries and keys, heads of 128 unless stated.</summary>
    public static TransformerShape Qwen3(ConfigFields config) =>
        Llama(config) with { QkNorm = QkNormKind.PerHead, HeadDim = config.OptionalCount("head_dim") ?? 128 };

    /// <summary>SmolLM 3: some blocks without rotary positions, which changes no count.</summary>
    public static TransformerShape SmolLm3(ConfigFields config) =>
        Llama(config) with { TiedEmbeddings = config.Flag("tie_word_embeddings", otherwise: true) };

    /// <summary>OLMo: layer normalisation without parameters.</summary>
    public static TransformerShape Olmo(ConfigFields config) => Llama(config) with { Norm = NormKind.NonParametric };

    /// <summary>OLMo 2: normalisation after attention and feed-forward, and of the whole query and key projections.</summary>
    public static TransformerShape Olmo2(ConfigFields config) => Llama(config) with { QkNorm = QkNormKind.Full };
}
