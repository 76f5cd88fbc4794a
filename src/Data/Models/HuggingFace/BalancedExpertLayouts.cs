using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Data.Models.HuggingFace;

/// <summary>
/// Decoders whose routers are balanced by a number for each expert that no gradient changes (Wang et al. 2024). The number is saved with
/// the weights and counts here, as it does in the publishers' counts.
/// </summary>
internal static class BalancedExpertLayouts
{
    /// <summary>dots.llm1: Qwen 3's attention, DeepSeek's experts (modular_dots1.py).</summary>
    public static TransformerShape Dots(ConfigFields config)
    {
        config.Skip("max_window_layers", "sliding_window", "layer_types");
        return Balanced(ExpertLayouts.AfterDense(LlamaLayouts.Llama(config) with { QkNorm = QkNormKind.PerHead }, config));
    }

    /// <summary>GLM 4.5: biases on queries, keys and values, their norms by a flag (modular_glm4_moe.py).</summary>
    public static TransformerShape Glm4(ConfigFields config) => Balanced(ExpertLayouts.AfterDense(
        LlamaLayouts.Glm(config) with { QkNorm = config.Flag("use_qk_norm") ? QkNormKind.PerHead : QkNormKind.None }, config));

    /// <summary>GLM 4.7 Flash: DeepSeek V3's attention; the first layer dense unless all are listed (modular_glm4_moe_lite.py).</summary>
    public static TransformerShape Glm4Lite(ConfigFields config)
    {
        config.Skip("num_nextn_predict_layers", "num_key_value_heads", "first_k_dense_replace");
        var shape = LlamaLayouts.Llama(config) with { QkvBias = false, AttentionOutBias = false };
        var kinds = LayerSequence.Kinds(shape, config, "mlp_layer_types", ["dense", "sparse"]);
        var experts = ExpertLayouts.DeepSeekExperts(config) with { RouterBias = true };
        return LatentLayouts.WithLatents(shape.Each(layer => (kinds is null ? layer > 0 : kinds[layer] == "sparse")
            ? ExpertLayouts.With(shape, experts) : shape.UsualBlock), config);
    }

    /// <summary>Trinity: a gate on attention's result, norms before and behind each part, shared experts (modular_afmoe.py).</summary>
    public static TransformerShape Afmoe(ConfigFields config)
    {
        config.Skip("global_attn_every_n_layers", "n_group", "num_expert_groups", "num_limited_groups", "num_dense_layers");
        var shape = LlamaLayouts.Llama(config) with { QkvBias = false, AttentionOutBias = false, QkNorm = QkNormKind.PerHead,
            NormsPerLayer = 4 };
        var routed = ExpertLayouts.Routed(config, "num_experts", "num_experts_per_tok", "moe_intermediate_size");
        var experts = routed with { SharedWidth = ExpertLayouts.Product(routed.Width, config.CountOrNone("num_shared_experts")),
            RouterBias = true };
        var (dense, every) = (config.CountOrNone("num_dense_layers"), config.OptionalCount("global_attn_every_n_layers") ?? 4);
        return shape.Each(layer => layer < dense ? shape.UsualBlock : ExpertLayouts.With(shape, experts))
            .EachBlock(block => block with { Mixer = shape.Attention() with { OutputGate = true } })
            .Windowed(config, layer => (layer + 1) % every != 0);
    }

    /// <summary>
    /// The second Ling: norms of queries and keys and a balanced router, by flags whose defaults are not known here
    /// (modeling_bailing_moe_v2.py beside the weights).
    /// </summary>
    public static TransformerShape BailingV2(ConfigFields config)
    {
        foreach (var flag in new[] { "use_qk_norm", "moe_router_enable_expert_bias" })
        {
            if (!config.Has(flag))
                config.Refuse($"{flag} is missing, expected true or false");
        }
        return Bailing(config);
    }

    /// <summary>
    /// The first Ling: one flag for the biases of queries, keys and values, another for the others (modeling_bailing_moe.py beside the
    /// weights).
    /// </summary>
    public static TransformerShape Bailing(ConfigFields config)
    {
        var bias = config.Flag("use_bias");
        config.Skip("norm_head", "norm_softmax", "multi_gate", "num_nextn_predict_layers", "moe_router_enable_expert_bias",
            "moe_shared_expert_intermediate_size");
        if (bias)
            config.Refuse("use_bias", "false");
        var shape = LlamaLayouts.Llama(config) with
        {
            QkvBias = config.Flag("use_qkv_bias"),
            AttentionOutBias = bias,
            QkNorm = config.Flag("use_qk_norm") ? QkNormKind.PerHead : QkNormKind.None,
        };
        var routed = ExpertLayouts.Routed(config, "num_experts", "num_experts_per_tok", "moe_intermediate_size");
        var sharedWidth = config.OptionalCount("moe_shared_expert_intermediate_size") ?? routed.Width;
        var experts = routed with
        {
            SharedWidth = ExpertLayouts.Product(sharedWidth, config.CountOrNone("num_shared_experts")),
            RouterBias = config.Flag("moe_router_enable_expert_bias"),
        };
        var dense = config.CountOrNone("first_k_dense_replace");
        return shape.Each(layer => layer < dense ? shape.UsualBlock : ExpertLayouts.With(shape, experts));
    }

    private static TransformerShape Balanced(TransformerShape shape) => shape.EachBlock(block =>
        block.FeedForward is Experts experts ? block with { FeedForward = experts with { RouterBias = true } } : block);
}
