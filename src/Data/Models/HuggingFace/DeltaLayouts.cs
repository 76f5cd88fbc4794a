using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Data.Models.HuggingFace;

/// <summary>
/// Decoders with a gated delta rule (Yang et al. 2024) in most layers and attention in the others: Qwen 3 Next and 3.5
/// (modular_qwen3_next.py, modular_qwen3_5.py), OLMo Hybrid (modular_olmo_hybrid.py).
/// </summary>
internal static class DeltaLayouts
{
    /// <summary>Qwen 3 Next: a gate on attention's result, experts with a shared one behind a gate in every layer.</summary>
    public static TransformerShape Qwen3Next(ConfigFields config)
    {
        var shape = Gated(config);
        var sharedWidth = config.CountOrNone("shared_expert_intermediate_size");
        var experts = ExpertLayouts.Routed(config, "num_experts", "num_experts_per_tok", "moe_intermediate_size")
            with { SharedWidth = sharedWidth, SharedGate = sharedWidth > 0 };
        return Mixed(ExpertLayouts.Sparse(shape, experts, config), config);
    }

    /// <summary>Qwen 3.5, dense.</summary>
    public static TransformerShape Qwen35(ConfigFields config) => Mixed(Gated(config), config);

    /// <summary>Qwen 3.5 with experts: as Qwen 3 Next, no dense layer.</summary>
    public static TransformerShape Qwen35Moe(ConfigFields config) => Qwen3Next(config);

    /// <summary>
    /// OLMo Hybrid: OLMo 3's attention; as many heads of the rule as of attention unless stated, values twice as wide as keys.
    /// </summary>
    public static TransformerShape OlmoHybrid(ConfigFields config)
    {
        config.Skip("linear_allow_neg_eigval", "linear_a_log_min", "linear_a_log_max", "linear_dt_min", "linear_dt_max",
            "linear_dt_init_floor", "linear_use_gate");
        var shape = LlamaLayouts.Llama(config) with { QkNorm = QkNormKind.Full, FfnBias = false };
        var keyHeads = config.OptionalCount("linear_num_key_heads") ?? shape.Heads;
        var keyDim = config.OptionalCount("linear_key_head_dim") ?? Math.Max(1, (int)(0.75 * shape.DModel / keyHeads));
        return Mixed(shape, config, Rule(config, keyHeads, config.OptionalCount("linear_num_value_heads") ?? shape.Heads, keyDim,
            config.OptionalCount("linear_value_head_dim") ?? 2 * keyDim));
    }

    private static TransformerShape Gated(ConfigFields config)
    {
        config.Skip("mlp_only_layers", "decoder_sparse_step", "attn_output_gate", "mtp_num_hidden_layers", "mtp_use_dedicated_embeddings",
            "mamba_ssm_dtype", "full_attention_interval");
        if (!config.Flag("attn_output_gate", otherwise: true))
            config.Refuse("attn_output_gate", "true");
        return LlamaLayouts.Llama(config) with { FfnBias = false, QkNorm = QkNormKind.PerHead };
    }

    private static TransformerShape Mixed(TransformerShape shape, ConfigFields config) => Mixed(
        shape.EachBlock(block => block with { Mixer = shape.Attention() with { OutputGate = true } }), config,
        Rule(config, config.Count("linear_num_key_heads"), config.Count("linear_num_value_heads"), config.Count("linear_key_head_dim"),
            config.Count("linear_value_head_dim")));

    private static TransformerShape Mixed(TransformerShape shape, ConfigFields config, LinearRecurrence rule)
    {
        var every = config.OptionalCount("full_attention_interval") ?? 4;
        var kinds = shape.Kinds(config, "full_attention", "linear_attention");
        Block[] blocks = [.. shape.Blocks.SelectMany(run => Enumerable.Repeat(run.Block, run.Count))];
        return shape.Each(layer => (kinds is null ? (layer + 1) % every == 0 : kinds[layer] == "full_attention") ? blocks[layer]
            : blocks[layer] with { Mixer = rule });
    }

    /// <summary>
    /// Queries and keys, values and their gate, two numbers a head in; values out; a convolution without bias, a decay and a step bias a
    /// head, one norm as wide as a head. The state of keys times values is read, updated and read again: six operations an element.
    /// </summary>
    private static LinearRecurrence Rule(ConfigFields config, int keyHeads, int valueHeads, int keyDim, int valueDim)
    {
        long keys = (long)keyHeads * keyDim, values = (long)valueHeads * valueDim;
        var taps = config.OptionalCount("linear_conv_kernel_dim") ?? 4;
        return new()
        {
            Name = "gated delta rule",
            InWidth = (int)Math.Min(2 * keys + 2 * values + 2L * valueHeads, int.MaxValue),
            OutWidth = (int)Math.Min(values, int.MaxValue),
            OtherParameters = taps * (2 * keys + values) + 2L * valueHeads + valueDim,
            Operations = 6.0 * values * keyDim + 2.0 * taps * (2 * keys + values),
        };
    }
}
