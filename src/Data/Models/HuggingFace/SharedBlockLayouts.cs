using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Data.Models.HuggingFace;

/// <summary>
/// Zamba and Zamba 2 (modeling_zamba.py, modular_zamba2.py): state spaces in every layer, and before some of them one of a few shared
/// blocks of attention and feed-forward, whose input is the layer's and the embedding side by side. A shared block is a block of its own
/// here each time it works; its weights count the first time.
/// </summary>
internal static class SharedBlockLayouts
{
    /// <summary>Zamba 2: Mamba-2, up to a few shared blocks in turn, adapters for each time one works.</summary>
    public static TransformerShape Zamba2(ConfigFields config)
    {
        var shape = Usual(config);
        config.Skip("mamba_headdim", "hybrid_layer_ids", "attention_head_dim", "attention_hidden_size", "kv_channels", "num_query_groups",
            "use_mem_rope", "use_long_context", "ft_lora", "add_bias_linear", "use_shared_mlp_adapter", "use_shared_attention_adapter",
            "use_conv_bias", "use_mem_eff_path");
        if (config.Flag("add_bias_linear"))
            config.Refuse("add_bias_linear", "false");
        var space = new StateSpace
        {
            InnerWidth = StateSpaceLayouts.Times(shape.DModel, config.OptionalCount("mamba_expand") ?? 2),
            Heads = config.Count("n_mamba_heads"),
            State = config.Count("mamba_d_state"),
            Groups = config.OptionalCount("mamba_ngroups") ?? 1,
            ConvolutionWidth = config.OptionalCount("mamba_d_conv") ?? 4,
        };
        long d = shape.DModel, rank = config.OptionalCount("adapter_rank") ?? 128;
        var attention = config.Flag("use_shared_attention_adapter") ? 12 * d * rank : 0;
        return Sequence(shape, config, space, config.OptionalCount("num_mem_blocks") ?? 1, attention + rank * (d + 2L * shape.DFfn));
    }

    /// <summary>Zamba: Mamba scans whose heads change no count, one shared block, no adapters.</summary>
    public static TransformerShape Zamba(ConfigFields config)
    {
        var shape = Usual(config);
        config.Skip("attn_layer_period", "attn_layer_offset", "n_mamba_heads", "attention_head_dim", "attention_hidden_size",
            "mamba_dt_rank", "mamba_proj_bias", "use_mamba_kernels", "hidden_mamba_act");
        if (config.Flag("mamba_proj_bias"))
            config.Refuse("mamba_proj_bias", "false");
        var scan = new SelectiveScan
        {
            InnerWidth = StateSpaceLayouts.Times(shape.DModel, config.OptionalCount("mamba_expand") ?? 2),
            State = config.OptionalCount("mamba_d_state") ?? 16,
            StepRank = config.Text("mamba_dt_rank") == "auto" || !config.Has("mamba_dt_rank") ? (shape.DModel + 15) / 16
            : config.Count("mamba_dt_rank"),
            ConvolutionWidth = config.OptionalCount("mamba_d_conv") ?? 4,
            ConvolutionBias = config.Flag("mamba_conv_bias", otherwise: true),
        };
        return Sequence(shape, config, scan, shared: 1, adapters: 0);
    }

    private static TransformerShape Usual(ConfigFields config)
    {
        var shape = LlamaLayouts.Llama(config) with { FfnBias = false };
        return shape with { HeadDim = Math.Max(1, 2 * shape.DModel / Math.Max(1, shape.Heads)), NormsPerLayer = 3 };
    }

    /// <summary>
    /// The layers with the shared blocks before those that are hybrid. What such a layer has of its own, a square matrix and the adapters,
    /// is a matrix from the hidden width beside its state space, as wide as they have parameters.
    /// </summary>
    private static TransformerShape Sequence(TransformerShape shape, ConfigFields config, TokenMixer mixer, int shared, long adapters)
    {
        if (config.Texts("layers_block_type") is not { } kinds || kinds.Count != shape.Layers
            || kinds.Any(kind => kind is not ("mamba" or "hybrid")))
        {
            config.Refuse($"layers_block_type is missing or no list of \"mamba\" and \"hybrid\" for {shape.Layers} layers");
            return shape;
        }
        long d = shape.DModel, own = d * d + adapters;
        var beside = new LinearRecurrence
        {
            Name = "what a hybrid layer has of its own",
            InWidth = (int)Math.Min(own / d, int.MaxValue),
            OutWidth = 0,
            OtherParameters = own % d,
            Operations = 2.0 * (own % d),
        };
        var block = shape.UsualBlock with { Mixer = shape.Attention() with { InputWidth = 2 * shape.DModel } };
        var (blocks, times) = (new List<Block>(), 0);
        foreach (var kind in kinds)
        {
            if (kind == "hybrid")
                blocks.Add(block with { RepeatsWeights = times++ >= shared });
            blocks.Add(new() { Mixer = mixer, Beside = kind == "hybrid" ? beside : null, Norms = 1 });
        }
        return shape with { Layers = blocks.Count, Sequence = new(blocks) };
    }
}
