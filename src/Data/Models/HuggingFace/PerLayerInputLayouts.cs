using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Data.Models.HuggingFace;

/// <summary>
/// Gemma 3n and 4, text (modular_gemma3n.py, modular_gemma4.py): a second table has a narrow embedding of each token for each layer, which
/// enters behind the feed-forward through a gate.
/// </summary>
internal static class PerLayerInputLayouts
{
    /// <summary>
    /// Gemma 3n: four copies of the hidden state, of which one passes the block and the others are predicted from it (Baykal et al. 2023,
    /// AltUp), and a residual of low rank beside attention (Menghani et al. 2024, LAuReL).
    /// </summary>
    public static TransformerShape Gemma3n(ConfigFields config)
    {
        config.Skip("altup_active_idx", "altup_coef_clip", "altup_correct_scale", "altup_lr_multiplier", "activation_sparsity_pattern",
            "num_kv_shared_layers");
        var widths = config.CountList("intermediate_size");
        var shape = LlamaLayouts.Llama(config, widths is null ? config.Count("intermediate_size") : widths.LastOrDefault(1))
            with { NormsPerLayer = 7, QkNorm = QkNormKind.PerHead };
        if (widths is not null && widths.Count != shape.Layers)
            config.Refuse($"intermediate_size has {widths.Count} entries for {shape.Layers} layers");
        var (rank, copies) = (config.Count("laurel_rank"), config.Count("altup_num_inputs"));
        long d = shape.DModel, mixed = (long)copies * copies;
        var inputs = Inputs(shape, config);
        const int KeptCopiesPerInput = 3;
        var beside = inputs.Beside with
        {
            InWidth = inputs.Beside.InWidth + rank + copies,
            OutWidth = inputs.Beside.OutWidth + rank,
            OtherParameters = inputs.Beside.OtherParameters + d + mixed + mixed * copies,
            Operations = inputs.Beside.Operations + 4.0 * (copies - 1) * d * d / Math.Max(1, shape.Layers) + 2.0 * (mixed + copies) * d,
            KeptElements = inputs.Beside.InWidth + inputs.Beside.OutWidth + 2 * rank + (double)KeptCopiesPerInput * copies * d,
        };
        shape = shape with { OtherParameters = inputs.Table + 2 * (copies - 1) * d * d };
        return shape.Each(layer => shape.UsualBlock with
        {
            Beside = beside,
            FeedForward = new DenseFeedForward { Width = widths?.ElementAtOrDefault(layer) ?? shape.DFfn, Kind = shape.FfnKind },
        }).Windowed(config, layer => (layer + 1) % 5 != 0);
    }

    /// <summary>
    /// Gemma 4: wider heads in the layers that see all tokens; the last layers take keys and values from before and may be twice as wide;
    /// experts beside the feed-forward where a flag says so.
    /// </summary>
    public static TransformerShape Gemma4(ConfigFields config)
    {
        config.Skip("use_bidirectional_attention", "num_global_key_value_heads", "attention_k_eq_v", "num_experts", "top_k_experts",
            "moe_intermediate_size", "expert_intermediate_size");
        if (config.Flag("attention_k_eq_v"))
            config.Refuse("attention_k_eq_v", "false");
        var shape = GemmaLayouts.Gemma(config) with { QkNorm = QkNormKind.PerHead };
        var hasInputs = config.CountOrNone("hidden_size_per_layer_input") > 0;
        var (inputs, hasExperts) = (hasInputs ? Inputs(shape, config) : default, config.Flag("enable_moe_block"));
        shape = shape with { NormsPerLayer = 4 + (hasInputs ? 1 : 0) + (hasExperts ? 3 : 0), OtherParameters = inputs.Table };
        var experts = hasExperts ? ExpertLayouts.Routed(config, "num_experts", "top_k_experts", "moe_intermediate_size")
            with { RouterBias = true } : null;
        var first = shape.Layers - config.CountOrNone("num_kv_shared_layers");
        var (wide, global) = (config.Flag("use_double_wide_mlp"), config.OptionalCount("global_head_dim") ?? shape.HeadDim);
        var kinds = shape.Kinds(config, "full_attention", "sliding_attention");
        return shape.Each(layer =>
        {
            var isShared = layer >= first && first > 0;
            return shape.UsualBlock with
            {
                Mixer = shape.Attention() with { HeadDim = IsFull(layer) ? global : shape.HeadDim, SharesKeysAndValues = isShared },
                Beside = inputs.Beside,
                FeedForward = FeedForward(shape.DFfn * (wide && isShared ? 2 : 1)),
                OtherParameters = 1 + (hasExperts ? shape.DModel : 0),
            };
        }).Windowed(config, layer => !IsFull(layer));

        FeedForward FeedForward(int width) => experts is null ? new DenseFeedForward { Width = width, Kind = shape.FfnKind }
            : experts with { SharedWidth = width };

        bool IsFull(int layer) => layer == shape.Layers - 1 || (kinds is null ? (layer + 1) % 6 == 0 : kinds[layer] == "full_attention");
    }

    /// <summary>
    /// The table of narrow embeddings with its norm, and what a block has of it: its part of the projection from the hidden state, the gate
    /// and the way back.
    /// </summary>
    private static (long Table, LinearRecurrence Beside) Inputs(TransformerShape shape, ConfigFields config)
    {
        var width = config.Count("hidden_size_per_layer_input");
        var rows = config.Count("vocab_size_per_layer_input");
        var beside = new LinearRecurrence
        {
            Name = "inputs of each layer", InWidth = StateSpaceLayouts.Times(width, 2), OutWidth = width, OtherParameters = 0,
        };
        return ((long)rows * width * shape.Layers + width, beside);
    }
}
