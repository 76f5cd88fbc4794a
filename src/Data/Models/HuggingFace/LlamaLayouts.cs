using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Data.Models.HuggingFace;

/// <summary>
/// Decoders of the Llama line: rotary positions, gated feed-forward, root-mean-square normalisation before attention and feed-forward, no
/// biases unless stated. What a class adds is read in <c>src/transformers/models/*/modeling_*.py</c> of Hugging Face Transformers, or in
/// the code beside the published weights.
/// </summary>
internal static class LlamaLayouts
{
    public static TransformerShape Llama(ConfigFields config) => Llama(config, config.Count("intermediate_size", "block_ff_dim"));

    /// <summary>The same where the width of the feed-forward is read otherwise.</summary>
    public static TransformerShape Llama(ConfigFields config, int ffn)
    {
        var (layers, d, heads) = (
            config.Count("num_hidden_layers", "num_layers", "n_layer"), config.Count("hidden_size"), config.Count("num_attention_heads"));
        var attentionBias = config.Flag("attention_bias");
        return new()
        {
            Name = "",
            Layers = layers,
            DModel = d,
            Heads = heads,
            KvHeads = config.OptionalCount("num_key_value_heads") ?? heads,
            HeadDim = config.OptionalCount("head_dim") ?? Math.Max(1, d / heads),
            DFfn = ffn,
            FfnKind = FfnKind.Swiglu,
            Vocab = config.Count("vocab_size"),
            TiedEmbeddings = config.Flag("tie_word_embeddings"),
            MaxPositions = config.OptionalCount("max_position_embeddings") ?? 2048,
            QkvBias = attentionBias,
            AttentionOutBias = attentionBias,
            FfnBias = config.Flag("mlp_bias"),
        };
    }

    /// <summary>Mistral and Ministral: a window in every layer, or in those that are listed.</summary>
    public static TransformerShape Mistral(ConfigFields config) => Llama(config).Windowed(config, _ => true);

    /// <summary>Phi 3 and 4: as Mistral, queries, keys and values in one matrix.</summary>
    public static TransformerShape Phi3(ConfigFields config) =>
        Llama(config) with { HeadBias = config.Flag("lm_head_bias") } is var shape
        && config.OptionalCount("sliding_window") < shape.MaxPositions
            ? shape.Windowed(config, _ => true) : shape;

    /// <summary>MobileLLM: the head shares the embedding unless stated; with layer sharing every block runs twice.</summary>
    public static TransformerShape MobileLlm(ConfigFields config)
    {
        var shape = Llama(config) with { TiedEmbeddings = config.Flag("share_embedding", otherwise: true) };
        if (!config.Flag("layer_sharing"))
            return shape;
        var twice = shape with { Layers = (int)Math.Min(2L * shape.Layers, int.MaxValue) };
        return twice.Each(layer => shape.UsualBlock with { RepeatsWeights = layer % 2 == 1 });
    }

    /// <summary>
    /// Qwen 2 and 2.5: biases on queries, keys and values alone; windows only where they are switched on, from a layer on.
    /// </summary>
    public static TransformerShape Qwen2(ConfigFields config) =>
        LateWindows(Llama(config) with { QkvBias = true, AttentionOutBias = false, FfnBias = false }, config);

    /// <summary>Qwen 3: normalised queries and keys, heads of 128 unless stated.</summary>
    public static TransformerShape Qwen3(ConfigFields config) => LateWindows(Llama(config) with { QkNorm = QkNormKind.PerHead }, config);

    /// <summary>Qwen 1: queries, keys and values have biases; the stated feed-forward width is that of gate and up together.</summary>
    public static TransformerShape Qwen(ConfigFields config)
    {
        var shape = Llama(config);
        var headDim = config.OptionalCount("kv_channels") ?? shape.HeadDim;
        config.Skip("no_bias");
        return shape with { DFfn = Math.Max(1, shape.DFfn / 2), HeadDim = headDim, QkvBias = true };
    }

    /// <summary>OLMo: layer normalisation without parameters.</summary>
    public static TransformerShape Olmo(ConfigFields config) => Llama(config) with { Norm = NormKind.NonParametric };

    /// <summary>
    /// OLMo 2 and 3: normalisation after attention and feed-forward, and of the whole query and key projections; OLMo 3 has windows.
    /// </summary>
    public static TransformerShape Olmo2(ConfigFields config) =>
        (Llama(config) with { QkNorm = QkNormKind.Full }).Windowed(config, layer => (layer + 1) % 4 != 0);

    /// <summary>EXAONE 4: as OLMo 2, with queries and keys normalised per head; three layers of four have a window.</summary>
    public static TransformerShape Exaone4(ConfigFields config)
    {
        var pattern = config.Text("sliding_window_pattern") ?? "LLLG";
        return (Llama(config) with { QkNorm = QkNormKind.PerHead }).Windowed(config, layer => pattern[layer % pattern.Length] == 'L');
    }

    /// <summary>HunYuan: queries and keys normalised per head.</summary>
    public static TransformerShape HunYuan(ConfigFields config)
    {
        config.Skip("use_qk_norm");
        return Llama(config) with { QkNorm = QkNormKind.PerHead, FfnBias = false };
    }

    /// <summary>Helium: the output projection of attention has no bias.</summary>
    public static TransformerShape Helium(ConfigFields config) => Llama(config) with { AttentionOutBias = false };

    /// <summary>ERNIE 4.5: one flag for all biases.</summary>
    public static TransformerShape Ernie(ConfigFields config)
    {
        var bias = config.Flag("use_bias");
        return Llama(config) with { QkvBias = bias, AttentionOutBias = bias, FfnBias = bias };
    }

    /// <summary>InternLM: one flag for queries, keys, values and output; 3 has two, and one of them holds for the feed-forward.</summary>
    public static TransformerShape InternLm(ConfigFields config)
    {
        var bias = config.Flag("bias");
        return Llama(config) with { QkvBias = bias, AttentionOutBias = bias };
    }

    /// <summary>InternLM 3.</summary>
    public static TransformerShape InternLm3(ConfigFields config)
    {
        var bias = config.Flag("bias");
        return Llama(config) with { QkvBias = config.Flag("qkv_bias"), AttentionOutBias = bias, FfnBias = bias };
    }

    /// <summary>GLM: biases on queries, keys and values; GLM 4 normalises attention's and the feed-forward's result too.</summary>
    public static TransformerShape Glm(ConfigFields config) => Llama(config) with { AttentionOutBias = false, FfnBias = false };

    /// <summary>GLM 4.</summary>
    public static TransformerShape Glm4(ConfigFields config) => Glm(config) with { NormsPerLayer = 4 };

    /// <summary>GLM 4's decoder in GLM-4.1V: its biases have no flag.</summary>
    public static TransformerShape Glm4v(ConfigFields config) => Glm4(config) with { QkvBias = true };

    /// <summary>ChatGLM 2 and 3: keys and values in groups, their number apart; biases by two flags.</summary>
    public static TransformerShape ChatGlm(ConfigFields config)
    {
        var (d, heads) = (config.Count("hidden_size"), config.Count("num_attention_heads"));
        var bias = config.Flag("add_bias_linear");
        return new()
        {
            Name = "",
            Layers = config.Count("num_layers"),
            DModel = d,
            Heads = heads,
            KvHeads = config.Flag("multi_query_attention") ? config.Count("multi_query_group_num") : heads,
            HeadDim = config.OptionalCount("kv_channels") ?? Math.Max(1, d / heads),
            DFfn = config.Count("ffn_hidden_size"),
            FfnKind = FfnKind.Swiglu,
            Vocab = config.Count("padded_vocab_size", "vocab_size"),
            TiedEmbeddings = config.Flag("tie_word_embeddings"),
            MaxPositions = config.OptionalCount("seq_length") ?? 2048,
            Norm = config.Flag("rmsnorm", otherwise: true) ? NormKind.RmsNorm : NormKind.LayerNorm,
            LacksFinalNorm = !config.Flag("post_layer_norm", otherwise: true),
            QkvBias = bias || config.Flag("add_qkv_bias"),
            AttentionOutBias = bias,
            FfnBias = bias,
        };
    }

    /// <summary>Arcee: two matrices with squared ReLU.</summary>
    public static TransformerShape Arcee(ConfigFields config) => Llama(config) with { FfnKind = FfnKind.Gelu };

    /// <summary>Apertus: two matrices whose activation has two learned numbers (xIELU); queries and keys normalised per head.</summary>
    public static TransformerShape Apertus(ConfigFields config)
    {
        config.Skip("qk_norm");
        return (Llama(config) with { FfnKind = FfnKind.Gelu, QkNorm = QkNormKind.PerHead }).EachBlock(block => block with
        {
            OtherParameters = 2,
        });
    }

    /// <summary>DeciLM: the number of key-value heads differs from layer to layer.</summary>
    public static TransformerShape Deci(ConfigFields config)
    {
        var shape = Llama(config);
        if (config.Counts("num_key_value_heads_per_layer") is not { } heads)
            return shape;
        if (heads.Count == shape.Layers)
            return shape.Each(layer => shape.UsualBlock with { Mixer = shape.Attention() with { KvHeads = heads[layer] } });
        config.Refuse($"num_key_value_heads_per_layer has {heads.Count} entries for {shape.Layers} layers");
        return shape;
    }

    private static TransformerShape LateWindows(TransformerShape shape, ConfigFields config)
    {
        var from = config.OptionalCount("max_window_layers") ?? int.MaxValue;
        var isOn = config.Flag("use_sliding_window");
        var windowed = shape.Windowed(config, layer => layer >= from);
        return isOn ? windowed : shape;
    }
}
