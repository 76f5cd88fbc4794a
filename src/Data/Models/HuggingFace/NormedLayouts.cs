using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Data.Models.HuggingFace;

/// <summary>Decoders with sizes named as Llama's, but layer normalisation, and what else goes with it.</summary>
internal static class NormedLayouts
{
    /// <summary>StableLM: layer normalisation with biases; one per block where attention and feed-forward stand side by side.</summary>
    public static TransformerShape StableLm(ConfigFields config)
    {
        var qkvBias = config.Flag("use_qkv_bias");
        var shape = Layered(config) with
        {
            QkvBias = qkvBias,
            NormsPerLayer = config.Flag("use_parallel_residual") ? 1 : 2,
        };
        var width = (long)shape.HeadDim * ((long)shape.Heads + shape.KvHeads);
        return config.Flag("qk_layernorm") ? shape.EachBlock(block => block with { OtherParameters = width }) : shape;
    }

    /// <summary>Orion.</summary>
    public static TransformerShape Orion(ConfigFields config) => Layered(config);

    /// <summary>
    /// Cohere: layer normalisation without biases, one per block; its norms of queries and keys have scales for each head.
    /// </summary>
    public static TransformerShape Cohere(ConfigFields config) => Layered(config) with
    {
        NormBias = false,
        NormsPerLayer = 1,
        QkNorm = config.Flag("use_qk_norm") ? QkNormKind.Full : QkNormKind.None,
    };

    /// <summary>Cohere 2: three layers of four have a window.</summary>
    public static TransformerShape Cohere2(ConfigFields config)
    {
        var pattern = config.OptionalCount("sliding_window_pattern", "_sliding_window_pattern") ?? 4;
        return Cohere(config).Windowed(config, layer => (layer + 1) % pattern != 0);
    }

    /// <summary>Nemotron and Minitron: layer normalisation with biases, two matrices with squared ReLU.</summary>
    public static TransformerShape Nemotron(ConfigFields config) => Layered(config) with { FfnKind = FfnKind.Gelu };

    /// <summary>StarCoder 2: biases by one flag, two matrices, windows.</summary>
    public static TransformerShape StarCoder2(ConfigFields config)
    {
        var bias = config.Flag("use_bias");
        config.Skip("mlp_type", "norm_type");
        return (Layered(config) with { FfnKind = FfnKind.Gelu, QkvBias = bias, AttentionOutBias = bias, FfnBias = bias })
            .Windowed(config, _ => true);
    }

    /// <summary>Persimmon: biases everywhere, two matrices, layer normalisation of queries and keys per head.</summary>
    public static TransformerShape Persimmon(ConfigFields config) => Layered(config) with
    {
        FfnKind = FfnKind.Gelu,
        QkvBias = true,
        AttentionOutBias = true,
        FfnBias = true,
        QkNorm = config.Flag("qk_layernorm") ? QkNormKind.PerHead : QkNormKind.None,
    };

    /// <summary>
    /// The first OLMo in its own format: normalisation without parameters, embedding rows padded to <c>embedding_size</c>, a feed-forward
    /// whose stated width is that of gate and up together.
    /// </summary>
    public static TransformerShape OwnOlmo(ConfigFields config)
    {
        var (d, heads) = (config.Count("d_model"), config.Count("n_heads"));
        var inner = config.OptionalCount("mlp_hidden_size")
            ?? (int)Math.Min((long)d * (config.OptionalCount("mlp_ratio") ?? 4), int.MaxValue);
        var gated = config.Text("activation_type") is null or "swiglu";
        var bias = config.Flag("include_bias");
        if (bias || config.Flag("attention_layer_norm"))
            config.Refuse("include_bias and attention_layer_norm are read where they are false");
        return new()
        {
            Name = "",
            Layers = config.Count("n_layers"),
            DModel = d,
            Heads = heads,
            KvHeads = config.OptionalCount("n_kv_heads") ?? (config.Flag("multi_query_attention") ? 1 : heads),
            HeadDim = Math.Max(1, d / heads),
            DFfn = Math.Max(1, gated ? inner / 2 : inner),
            FfnKind = gated ? FfnKind.Swiglu : FfnKind.Gelu,
            Vocab = config.Count("embedding_size", "vocab_size"),
            TiedEmbeddings = config.Flag("weight_tying", otherwise: true),
            MaxPositions = config.OptionalCount("max_sequence_length") ?? 2048,
            Norm = config.Text("layer_norm_type") is "rms" ? NormKind.RmsNorm : NormKind.NonParametric,
        };
    }

    private static TransformerShape Layered(ConfigFields config) => LlamaLayouts.Llama(config) with { Norm = NormKind.LayerNorm };
}
