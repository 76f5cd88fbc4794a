using SlmPlanner.Core.Models;

namespace SlmPlanner.Data.Models.HuggingFace;

/// <summary>
/// Decoders of the GPT line: layer normalisation, two feed-forward matrices, biases nearly everywhere. Absent members
/// take the defaults of the classes in Hugging Face Transformers.
/// </summary>
internal static class GptLayouts
{
    public static TransformerShape Gpt2(ConfigFields config)
    {
        var d = config.Count("n_embd");
        return Biased(config.Count("n_layer"), d, config.Count("n_head"), config.OptionalCount("n_inner") ?? FourTimes(d), config) with
        {
            TiedEmbeddings = config.Flag("tie_word_embeddings", otherwise: true),
            Positions = PositionKind.Learned,
            MaxPositions = config.OptionalCount("n_positions") ?? 1024,
        };
    }

    /// <summary>GPT-Neo: as GPT-2, without biases on queries, keys and values. Its local attention is counted as global.</summary>
    public static TransformerShape GptNeo(ConfigFields config)
    {
        var d = config.Count("hidden_size");
        return Biased(config.Count("num_layers"), d, config.Count("num_heads"), config.OptionalCount("intermediate_size") ?? FourTimes(d), config) with
        {
            TiedEmbeddings = config.Flag("tie_word_embeddings", otherwise: true),
            Positions = PositionKind.Learned,
            MaxPositions = config.OptionalCount("max_position_embeddings") ?? 2048,
            QkvBias = false,
        };
    }

    /// <summary>GPT-NeoX and Pythia: rotary positions, untied head.</summary>
    public static TransformerShape GptNeoX(ConfigFields config)
    {
        var bias = config.Flag("attention_bias", otherwise: true);
        return WithHiddenSize(config) with { QkvBias = bias, AttentionOutBias = bias };
    }

    /// <summary>Phi 1 to 2: attention and feed-forward side by side under one normalisation; the head has a bias.</summary>
    public static TransformerShape Phi(ConfigFields config) => WithHiddenSize(config) with
    {
        KvHeads = config.OptionalCount("num_key_value_heads") ?? config.Count("num_attention_heads"),
        NormsPerLayer = 1,
        HeadBias = true,
        QkNorm = config.Flag("qk_layernorm", otherwise: false) ? QkNormKind.PerHead : QkNormKind.None,
    };

    /// <summary>MPT as published: no biases, ALiBi or learned positions.</summary>
    public static TransformerShape Mpt(ConfigFields config)
    {
        var (d, heads, attention) = (config.Count("d_model"), config.Count("n_heads"), config.Nested("attn_config"));
        var multiQuery = attention.Text("attn_type") == "multiquery_attention";
        var bias = !config.Flag("no_bias", otherwise: true);
        return Biased(config.Count("n_layers"), d, heads, Times(d, config.OptionalCount("expansion_ratio") ?? 4), config) with
        {
            KvHeads = attention.OptionalCount("kv_n_heads") ?? (multiQuery ? 1 : heads),
            TiedEmbeddings = config.Flag("tie_word_embeddings", otherwise: true),
            Positions = attention.Flag("alibi", otherwise: true) ? PositionKind.Alibi : PositionKind.Learned,
            MaxPositions = config.OptionalCount("max_seq_len") ?? 2048,
            QkvBias = bias,
            AttentionOutBias = bias,
            FfnBias = bias,
            NormBias = bias,
        };
    }

    private static TransformerShape WithHiddenSize(ConfigFields config) =>
        Biased(config.Count("num_hidden_layers"), config.Count("hidden_size"), config.Count("num_attention_heads"), config.Count("intermediate_size"), config);

    private static TransformerShape Biased(int layers, int d, int heads, int ffn, ConfigFields config) => new()
    {
        Name = "",
        Layers = layers,
        DModel = d,
        Heads = heads,
        KvHeads = heads,
        HeadDim = Math.Max(1, d / heads),
        DFfn = ffn,
        FfnKind = FfnKind.Gelu,
        Vocab = config.Count("vocab_size"),
        TiedEmbeddings = config.Flag("tie_word_embeddings", otherwise: false),
        MaxPositions = config.OptionalCount("max_position_embeddings") ?? 2048,
        Norm = NormKind.LayerNorm,
        QkvBias = true,
        AttentionOutBias = true,
        FfnBias = true,
    };

    private static int FourTimes(int d) => Times(d, 4);

    /// <summary>A product that stays a number where its factors are absurd; the limits of a shape refuse it later.</summary>
    private static int Times(int d, int ratio) => (int)Math.Min((long)d * ratio, int.MaxValue);
}
