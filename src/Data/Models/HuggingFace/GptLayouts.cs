using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Data.Models.HuggingFace;

/// <summary>
/// Decoders of the GPT line: layer normalisation, two feed-forward matrices, biases nearly everywhere. What a class adds is read in
/// <c>src/transformers/models/*/modeling_*.py</c> of Hugging Face Transformers.
/// </summary>
internal static class GptLayouts
{
    /// <summary>GPT-2, and what is written in its format (Cerebras-GPT, DistilGPT-2).</summary>
    public static TransformerShape Gpt2(ConfigFields config)
    {
        var d = config.Count("n_embd");
        if (config.Flag("add_cross_attention"))
            config.Refuse("add_cross_attention", "false");
        return Biased(config.Count("n_layer"), d, config.Count("n_head"), config.OptionalCount("n_inner") ?? FourTimes(d), config) with
        {
            Positions = PositionKind.Learned,
            MaxPositions = config.OptionalCount("n_positions") ?? 1024,
        };
    }

    /// <summary>GPT (the first): as GPT-2, normalised after each part and not at the end.</summary>
    public static TransformerShape Gpt(ConfigFields config) => Gpt2(config) with { LacksFinalNorm = true };

    /// <summary>StarCoder and SantaCoder: as GPT-2, with one key-value head unless stated.</summary>
    public static TransformerShape GptBigCode(ConfigFields config) =>
        Gpt2(config) is var shape && config.Flag("multi_query") ? shape with { KvHeads = 1 } : shape;

    /// <summary>
    /// Jais: as GPT-2, with a gated feed-forward and a bias on the scores in place of a table of positions where members say so (jais.py of
    /// vLLM).
    /// </summary>
    public static TransformerShape Jais(ConfigFields config)
    {
        var shape = Gpt2(config);
        var (activation, positions) = (config.Text("activation_function"), config.Text("position_embedding_type"));
        return shape with
        {
            FfnKind = activation == "swiglu" ? FfnKind.Swiglu : FfnKind.Gelu,
            Positions = positions == "alibi" ? PositionKind.Alibi : PositionKind.Learned,
        };
    }

    /// <summary>GPT-Neo: as GPT-2, without biases on queries, keys and values; every second layer has a window.</summary>
    public static TransformerShape GptNeo(ConfigFields config)
    {
        var d = config.Count("hidden_size");
        var shape = Biased(
            config.Count("num_layers", "num_hidden_layers"), d, config.Count("num_heads", "num_attention_heads"),
            config.OptionalCount("intermediate_size") ?? FourTimes(d), config) with
        {
            Positions = PositionKind.Learned,
            QkvBias = false,
        };
        config.Skip("attention_types");
        var (window, kinds) = (config.OptionalCount("window_size") ?? 256,
            LayerSequence.Kinds(shape, config, "attention_layers", ["global", "local"]));
        return kinds is null ? shape : shape.Each(layer => kinds[layer] == "local"
            ? shape.UsualBlock with { Mixer = shape.Attention() with { Window = window } } : shape.UsualBlock);
    }

    /// <summary>GPT-NeoX and Pythia: rotary positions, untied head.</summary>
    public static TransformerShape GptNeoX(ConfigFields config)
    {
        var bias = config.Flag("attention_bias");
        return WithHiddenSize(config) with { QkvBias = bias, AttentionOutBias = bias };
    }

    /// <summary>GPT-J: attention and feed-forward side by side under one normalisation, no biases in attention, one on the head.</summary>
    public static TransformerShape GptJ(ConfigFields config)
    {
        var d = config.Count("n_embd");
        return Biased(config.Count("n_layer"), d, config.Count("n_head"), config.OptionalCount("n_inner") ?? FourTimes(d), config) with
        {
            MaxPositions = config.OptionalCount("n_positions") ?? 2048,
            NormsPerLayer = 1,
            QkvBias = false,
            AttentionOutBias = false,
            HeadBias = true,
        };
    }

    /// <summary>Phi 1 to 2: attention and feed-forward side by side under one normalisation; the head has a bias.</summary>
    public static TransformerShape Phi(ConfigFields config) => WithHiddenSize(config) with
    {
        KvHeads = config.OptionalCount("num_key_value_heads") ?? config.Count("num_attention_heads"),
        NormsPerLayer = 1,
        HeadBias = true,
        QkNorm = config.Flag("qk_layernorm") ? QkNormKind.PerHead : QkNormKind.None,
    };

    /// <summary>The same in the format of the code beside the weights, with GPT-2's names.</summary>
    public static TransformerShape OwnPhi(ConfigFields config)
    {
        var d = config.Count("n_embd");
        var shape = Biased(config.Count("n_layer"), d, config.Count("n_head"), config.OptionalCount("n_inner") ?? FourTimes(d), config);
        return shape with
        {
            KvHeads = config.OptionalCount("n_head_kv") ?? shape.Heads,
            MaxPositions = config.OptionalCount("n_positions") ?? 2048,
            NormsPerLayer = 1,
            HeadBias = true,
        };
    }

    /// <summary>CodeGen: as GPT-J.</summary>
    public static TransformerShape CodeGen(ConfigFields config) => GptJ(config);

    /// <summary>
    /// OPT: learned positions with two rows more; a narrower table with two projections where <c>word_embed_proj_dim</c> says so, and no
    /// last normalisation where it comes after each part.
    /// </summary>
    public static TransformerShape Opt(ConfigFields config)
    {
        var bias = config.Flag("enable_bias");
        var shape = Biased(config.Count("num_hidden_layers"), config.Count("hidden_size"), config.Count("num_attention_heads"),
            config.Count("ffn_dim"), config);
        var table = config.OptionalCount("word_embed_proj_dim") ?? shape.DModel;
        config.Skip("_remove_final_layer_norm");
        return shape with
        {
            Positions = PositionKind.Learned,
            PositionOffset = 2,
            EmbeddingWidth = table == shape.DModel ? null : table,
            LacksFinalNorm = !config.Flag("do_layer_norm_before") || config.Flag("_remove_final_layer_norm"),
            Norm = config.Flag("layer_norm_elementwise_affine") ? NormKind.LayerNorm : NormKind.NonParametric,
            QkvBias = bias,
            AttentionOutBias = bias,
            FfnBias = bias,
        };
    }

    /// <summary>BioGPT: as OPT without the narrower table.</summary>
    public static TransformerShape BioGpt(ConfigFields config) =>
        WithHiddenSize(config) with { Positions = PositionKind.Learned, PositionOffset = 2 };

    /// <summary>XGLM: positions by sines, which have no parameters.</summary>
    public static TransformerShape Xglm(ConfigFields config) =>
        Biased(config.Count("num_layers"), config.Count("d_model"), config.Count("attention_heads"), config.Count("ffn_dim"), config)
        with { Positions = PositionKind.None };

    /// <summary>BLOOM: a bias on the scores for positions, and a normalisation of the embedding.</summary>
    public static TransformerShape Bloom(ConfigFields config)
    {
        var d = config.Count("hidden_size", "n_embed");
        config.Skip("n_inner");
        return Biased(config.Count("n_layer", "num_hidden_layers"), d, config.Count("n_head", "num_attention_heads"), FourTimes(d),
            config) with
        {
            Positions = PositionKind.Alibi,
            MaxPositions = config.OptionalCount("seq_length") ?? 2048,
            OtherParameters = 2L * d,
        };
    }

    /// <summary>
    /// Falcon: biases in norms alone unless stated; one key-value head, or groups in the newer decoders, which have two norms side by side.
    /// </summary>
    public static TransformerShape Falcon(ConfigFields config)
    {
        var (d, isNew, bias) = (config.Count("hidden_size"), config.Flag("new_decoder_architecture"), config.Flag("bias"));
        var heads = config.Count("num_attention_heads", "n_head");
        var isParallel = config.Flag("parallel_attn");
        var isMultiQuery = config.Flag("multi_query");
        var norms = isNew ? config.OptionalCount("num_ln_in_parallel_attn") ?? 2 : isParallel ? 1 : 2;
        return Biased(config.Count("num_hidden_layers", "n_layer"), d, heads, config.OptionalCount("ffn_hidden_size") ?? FourTimes(d),
            config) with
        {
            KvHeads = isNew ? config.OptionalCount("num_kv_heads", "n_head_kv") ?? heads : isMultiQuery ? 1 : heads,
            NormsPerLayer = norms,
            Positions = config.Flag("alibi") ? PositionKind.Alibi : PositionKind.Rotary,
            QkvBias = bias,
            AttentionOutBias = bias,
            FfnBias = bias,
        };
    }

    /// <summary>MPT as published: no biases, ALiBi or learned positions.</summary>
    public static TransformerShape Mpt(ConfigFields config)
    {
        var (d, heads, attention) = (config.Count("d_model"), config.Count("n_heads"), config.Nested("attn_config"));
        var multiQuery = attention.Text("attn_type") == "multiquery_attention";
        var bias = !config.Flag("no_bias", otherwise: true);
        return Biased(config.Count("n_layers"), d, heads, Times(d, config.OptionalCount("expansion_ratio") ?? 4), config) with
        {
            KvHeads = attention.OptionalCount("kv_n_heads") ?? (multiQuery ? 1 : heads),
            Positions = attention.Flag("alibi", otherwise: true) ? PositionKind.Alibi : PositionKind.Learned,
            MaxPositions = config.OptionalCount("max_seq_len") ?? 2048,
            QkvBias = bias,
            AttentionOutBias = bias,
            FfnBias = bias,
            NormBias = bias,
            QkNorm = attention.Flag("qk_ln") ? QkNormKind.Full : QkNormKind.None,
        };
    }

    private static TransformerShape WithHiddenSize(ConfigFields config) =>
        Biased(config.Count("num_hidden_layers"), config.Count("hidden_size"), config.Count("num_attention_heads"),
            config.Count("intermediate_size"), config);

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
        TiedEmbeddings = config.Flag("tie_word_embeddings"),
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
