using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Data.Models.HuggingFace;

/// <summary>
/// Decoders with experts in some layers or all: the Llama layout, each with its own names for how many, how wide and where. Read in
/// <c>src/transformers/models/*/modeling_*.py</c> of Hugging Face Transformers, or in the code beside the published weights.
/// </summary>
internal static class ExpertLayouts
{
    /// <summary>Mixtral: experts as wide as the stated feed-forward in every layer.</summary>
    public static TransformerShape Mixtral(ConfigFields config) =>
        In(LlamaLayouts.Llama(config), Routed(config, "num_local_experts", "num_experts_per_tok", "intermediate_size"))
        .Windowed(config, _ => true);

    /// <summary>OLMoE: as Mixtral, with the whole queries and keys normalised.</summary>
    public static TransformerShape Olmoe(ConfigFields config) => In(
        LlamaLayouts.Llama(config) with { QkNorm = QkNormKind.Full },
        Routed(config, "num_experts", "num_experts_per_tok", "intermediate_size"));

    /// <summary>
    /// Qwen 2 MoE: biases on queries, keys and values; a shared expert behind a gate; dense layers where they are listed.
    /// </summary>
    public static TransformerShape Qwen2Moe(ConfigFields config)
    {
        var shared = config.CountOrNone("shared_expert_intermediate_size");
        var experts = Routed(config, "num_experts", "num_experts_per_tok", "moe_intermediate_size")
            with { SharedWidth = shared, SharedGate = shared > 0 };
        config.Skip("use_sliding_window", "max_window_layers", "sliding_window", "layer_types");
        return Sparse(LlamaLayouts.Llama(config) with { QkvBias = config.Flag("qkv_bias"), AttentionOutBias = false }, experts, config);
    }

    /// <summary>Qwen 3 MoE: queries and keys normalised per head, no shared expert.</summary>
    public static TransformerShape Qwen3Moe(ConfigFields config)
    {
        config.Skip("use_sliding_window", "max_window_layers", "sliding_window", "layer_types");
        return Sparse(
            LlamaLayouts.Llama(config) with { QkNorm = QkNormKind.PerHead },
            Routed(config, "num_experts", "num_experts_per_tok", "moe_intermediate_size"), config);
    }

    /// <summary>FlexOlmo: OLMo 2's norms and attention, OLMoE's experts (modular_flex_olmo.py).</summary>
    public static TransformerShape FlexOlmo(ConfigFields config) => Olmoe(config);

    /// <summary>DeepSeek MoE (the first): ordinary attention; experts after the first dense layers.</summary>
    public static TransformerShape DeepSeek(ConfigFields config) => AfterDense(LlamaLayouts.Llama(config), config);

    /// <summary>MiniCPM, with experts or without.</summary>
    public static TransformerShape MiniCpm(ConfigFields config)
    {
        var shape = LlamaLayouts.Llama(config);
        return config.Has("num_experts") && config.CountOrNone("num_experts") > 0
            ? In(shape, Routed(config, "num_experts", "num_experts_per_tok", "intermediate_size")) : shape;
    }

    /// <summary>Granite MoE, shared experts where they have a width.</summary>
    public static TransformerShape GraniteMoe(ConfigFields config) => In(
        LlamaLayouts.Llama(config) with { FfnBias = false },
        Routed(config, "num_local_experts", "num_experts_per_tok", "intermediate_size")
        with { SharedWidth = config.CountOrNone("shared_intermediate_size") });

    /// <summary>Phi 3.5 MoE: layer normalisation, biases in attention and head.</summary>
    public static TransformerShape PhiMoe(ConfigFields config) => In(
        LlamaLayouts.Llama(config) with { Norm = NormKind.LayerNorm, HeadBias = config.Flag("lm_head_bias") },
        Routed(config, "num_local_experts", "num_experts_per_tok", "intermediate_size"));

    /// <summary>
    /// gpt-oss: biases everywhere, one learned score per head beside those of the tokens, every second layer with a window.
    /// </summary>
    public static TransformerShape GptOss(ConfigFields config)
    {
        config.Skip("experts_per_token");
        var shape = LlamaLayouts.Llama(config) with { FfnBias = true };
        var experts = Routed(config, "num_local_experts", "num_experts_per_tok", "intermediate_size")
            with { Bias = true, RouterBias = true };
        return In(shape, experts).EachBlock(block => block with { OtherParameters = shape.Heads })
            .Windowed(config, layer => layer % 2 == 0);
    }

    /// <summary>ERNIE 4.5 MoE: experts from a layer on, shared ones beside, a correction per expert.</summary>
    public static TransformerShape ErnieMoe(ConfigFields config)
    {
        var shape = LlamaLayouts.Ernie(config);
        var routed = Routed(config, "moe_num_experts", "moe_k", "moe_intermediate_size");
        var experts = routed with { SharedWidth = Product(routed.Width, config.CountOrNone("moe_num_shared_experts")), RouterBias = true };
        var (from, to) = (config.CountOrNone("moe_layer_start_index"), LastWithExperts(config, shape.Layers));
        var interval = config.OptionalCount("moe_layer_interval") ?? 1;
        return shape.Each(layer => layer >= from && layer <= to && (layer + 1) % interval == 0 ? With(shape, experts) : shape.UsualBlock);
    }

    /// <summary>The last layer with experts; -1 and none mean the last of all.</summary>
    private static int LastWithExperts(ConfigFields config, int layers) =>
        config.Real("moe_layer_end_index") is { } end and >= 0 and < int.MaxValue ? (int)end : layers - 1;

    /// <summary>Experts after the first dense layers, and shared ones, as DeepSeek names them.</summary>
    public static TransformerShape AfterDense(TransformerShape shape, ConfigFields config)
    {
        if (!config.Has("n_routed_experts"))
            return shape;
        var experts = DeepSeekExperts(config) with { RouterBias = config.Text("topk_method") == "noaux_tc" };
        var (dense, every) = (config.CountOrNone("first_k_dense_replace"), config.OptionalCount("moe_layer_freq") ?? 1);
        return shape.Each(layer => layer >= dense && layer % every == 0 ? With(shape, experts) : shape.UsualBlock);
    }

    /// <summary>Routed and shared experts, as DeepSeek names them.</summary>
    public static Experts DeepSeekExperts(ConfigFields config)
    {
        var routed = Routed(config, "n_routed_experts", "num_experts_per_tok", "moe_intermediate_size");
        return routed with { SharedWidth = Product(routed.Width, config.CountOrNone("n_shared_experts")) };
    }

    /// <summary>Routed experts, by the names of their members.</summary>
    public static Experts Routed(ConfigFields config, string count, string perToken, string width) => new()
    {
        Count = config.OptionalCount(count) ?? config.Count(count),
        PerToken = config.OptionalCount(perToken) ?? config.Count(perToken),
        Width = config.OptionalCount(width) ?? config.Count(width),
    };

    /// <summary>The usual block with experts in place of its feed-forward.</summary>
    public static Block With(TransformerShape shape, Experts experts) =>
        shape.UsualBlock with { FeedForward = experts with { Kind = shape.FfnKind } };

    private static TransformerShape In(TransformerShape shape, Experts experts) => shape.Each(_ => With(shape, experts));

    /// <summary>Experts in every so manyth layer but those that are listed as dense.</summary>
    public static TransformerShape Sparse(TransformerShape shape, Experts experts, ConfigFields config)
    {
        var every = config.OptionalCount("decoder_sparse_step") ?? 1;
        var dense = config.Counts("mlp_only_layers") ?? [];
        return shape.Each(layer => !dense.Contains(layer) && (layer + 1) % every == 0 ? With(shape, experts) : shape.UsualBlock);
    }

    /// <summary>A product that stays a number where its factors are absurd; the limits of a shape refuse it later.</summary>
    public static int Product(int width, int times) => (int)Math.Min((long)width * times, int.MaxValue);
}
