using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Data.Models.HuggingFace;

/// <summary>Decoders that have state spaces or other recurrences beside attention, in the same blocks or in others.</summary>
internal static class HybridLayouts
{
    /// <summary>Falcon-H1: attention and a Mamba-2 state space side by side in every block (modular_falcon_h1.py).</summary>
    public static TransformerShape FalconH1(ConfigFields config)
    {
        var shape = LlamaLayouts.Llama(config) with { AttentionOutBias = config.Flag("attention_bias") };
        config.Skip("mamba_expand", "mamba_d_head");
        var inner = config.OptionalCount("mamba_d_ssm") ?? StateSpaceLayouts.Times(shape.DModel, config.OptionalCount("mamba_expand") ?? 2);
        var space = Space(config, inner) with { ProjectionBias = config.Flag("mamba_proj_bias"),
            GatedNorm = config.Flag("mamba_rms_norm") };
        if (config.Flag("projectors_bias") != space.ProjectionBias)
            config.Refuse("projectors_bias", "the same as mamba_proj_bias");
        return shape.EachBlock(block => block with { Beside = space });
    }

    /// <summary>Bamba: a Mamba-2 state space in most blocks, attention in those that are listed.</summary>
    public static TransformerShape Bamba(ConfigFields config)
    {
        var shape = LlamaLayouts.Llama(config);
        var attention = config.Counts("attn_layer_indices") ?? [];
        return shape.Each(layer => attention.Contains(layer) ? shape.UsualBlock
            : shape.UsualBlock with { Mixer = Expanded(config, shape.DModel) });
    }

    /// <summary>
    /// Granite 4: Mamba-2, or attention where <c>layer_types</c> says so, a shared network in every block, experts beside where there are
    /// any.
    /// </summary>
    public static TransformerShape GraniteHybrid(ConfigFields config)
    {
        var shape = LlamaLayouts.Llama(config) with { FfnBias = false };
        var sharedWidth = config.CountOrNone("shared_intermediate_size");
        FeedForward network = config.CountOrNone("num_local_experts") > 0
            ? ExpertLayouts.Routed(config, "num_local_experts", "num_experts_per_tok", "intermediate_size")
            with { SharedWidth = sharedWidth }
            : new DenseFeedForward { Width = Math.Max(1, sharedWidth) };
        config.Skip("num_experts_per_tok", "layers_block_type");
        var kinds = shape.Kinds(config, "mamba", "attention");
        shape = shape with { DFfn = Math.Max(1, sharedWidth > 0 ? sharedWidth : shape.DFfn) };
        var (attention, space) = (
            shape.UsualBlock with { FeedForward = network }, new Block { Mixer = Expanded(config, shape.DModel), FeedForward = network });
        return shape.Each(layer => kinds?[layer] == "attention" ? attention : space);
    }

    /// <summary>Jamba: Mamba scans with normalised steps, attention in one layer of a period, experts in every second one.</summary>
    public static TransformerShape Jamba(ConfigFields config)
    {
        var shape = LlamaLayouts.Llama(config);
        var scan = new SelectiveScan
        {
            InnerWidth = StateSpaceLayouts.Times(shape.DModel, config.OptionalCount("mamba_expand") ?? 2),
            State = config.OptionalCount("mamba_d_state") ?? 16,
            StepRank = config.Text("mamba_dt_rank") == "auto" ? (shape.DModel + 15) / 16 : config.OptionalCount("mamba_dt_rank")
            ?? (shape.DModel + 15) / 16,
            ConvolutionWidth = config.OptionalCount("mamba_d_conv") ?? 4,
            ConvolutionBias = config.Flag("mamba_conv_bias"),
            ProjectionBias = config.Flag("mamba_proj_bias"),
            InnerNorm = true,
        };
        var experts = ExpertLayouts.Routed(config, "num_experts", "num_experts_per_tok", "intermediate_size");
        var (attentionEvery, attentionFrom) = (config.OptionalCount("attn_layer_period") ?? 8, config.CountOrNone("attn_layer_offset"));
        var (expertsEvery, expertsFrom) = (config.OptionalCount("expert_layer_period") ?? 2, config.CountOrNone("expert_layer_offset"));
        return shape.Each(layer => shape.UsualBlock with
        {
            Mixer = layer % attentionEvery == attentionFrom ? shape.UsualBlock.Mixer : scan,
            FeedForward = layer % expertsEvery == expertsFrom && experts.Count > 1 ? experts : shape.UsualBlock.FeedForward,
        });
    }

    /// <summary>
    /// Nemotron-H: each layer is one part alone, by a pattern of M (Mamba-2), * (attention), - (two matrices) and E (experts of two
    /// matrices with a balanced router), or by a list of their names.
    /// </summary>
    public static TransformerShape NemotronH(ConfigFields config)
    {
        var pattern = config.Text("hybrid_override_pattern") ?? Pattern(config.Texts("layers_block_type"));
        config.Skip("layers_block_type", "mtp_layers_block_type", "moe_shared_expert_overlap", "n_shared_experts", "moe_intermediate_size",
            "n_routed_experts", "num_experts_per_tok", "moe_shared_expert_intermediate_size");
        if (config.CountOrNone("moe_latent_size") > 0)
            config.Refuse("moe_latent_size", "null");
        var shape = LlamaLayouts.Llama(config) with { FfnKind = FfnKind.Gelu, NormsPerLayer = 1,
            HeadDim = config.Count("attention_head_dim", "head_dim") };
        if (pattern.Length != shape.Layers || pattern.Any(part => part is not ('M' or '*' or '-' or 'E')))
        {
            config.Refuse($"hybrid_override_pattern is \"{pattern}\", expected one of M, *, - and E for each of {shape.Layers} layers");
            return shape;
        }
        var heads = config.OptionalCount("mamba_num_heads") ?? config.Count("mamba_num_heads");
        config.Skip("expand");
        var bias = config.Flag("use_bias");
        var space = new StateSpace
        {
            InnerWidth = StateSpaceLayouts.Times(heads, config.OptionalCount("mamba_head_dim") ?? config.Count("mamba_head_dim")),
            Heads = heads,
            State = config.OptionalCount("ssm_state_size") ?? config.Count("ssm_state_size"),
            Groups = config.OptionalCount("n_groups") ?? config.Count("n_groups"),
            ConvolutionWidth = config.OptionalCount("conv_kernel") ?? config.Count("conv_kernel"),
            ConvolutionBias = config.Flag("use_conv_bias", otherwise: true),
            ProjectionBias = bias,
        };
        var experts = !pattern.Contains('E', StringComparison.Ordinal) ? null
            : ExpertLayouts.Routed(config, "n_routed_experts", "num_experts_per_tok", "moe_intermediate_size") with
            {
                Kind = FfnKind.Gelu,
                RouterBias = true,
                SharedWidth = config.CountOrNone("n_shared_experts") > 0 ? config.Count("moe_shared_expert_intermediate_size") : 0,
            };
        return shape.Each(layer => pattern[layer] switch
        {
            'M' => new Block { Mixer = space, Norms = 1 },
            '*' => shape.UsualBlock with { FeedForward = null },
            'E' => new Block { FeedForward = experts, Norms = 1 },
            _ => shape.UsualBlock with { Mixer = null },
        });
    }

    private static string Pattern(IReadOnlyList<string>? kinds) => kinds is null ? "" : string.Concat(kinds.Select(kind => kind switch
    {
        "mamba" or "linear_attention" => 'M',
        "attention" or "full_attention" => '*',
        "mlp" => '-',
        "moe" => 'E',
        _ => '?',
    }));

    /// <summary>
    /// LFM2: short convolutions in most blocks, attention with normalised queries and keys in the others (modular_lfm2.py).
    /// </summary>
    public static TransformerShape Lfm2(ConfigFields config)
    {
        var shape = LlamaLayouts.Llama(config) with { QkNorm = QkNormKind.PerHead };
        shape = shape with { DFfn = AdjustedWidth(config) };
        return Convolved(shape, config, _ => shape.UsualBlock.FeedForward!);
    }

    /// <summary>LFM2 MoE: the same, with experts after the first dense layers.</summary>
    public static TransformerShape Lfm2Moe(ConfigFields config)
    {
        var shape = LlamaLayouts.Llama(config) with { QkNorm = QkNormKind.PerHead };
        var experts = ExpertLayouts.Routed(config, "num_experts", "num_experts_per_tok", "moe_intermediate_size");
        var dense = config.CountOrNone("num_dense_layers");
        experts = experts with { RouterBias = config.Flag("use_expert_bias") };
        return Convolved(shape, config, layer => layer < dense ? shape.UsualBlock.FeedForward! : experts);
    }

    /// <summary>
    /// RecurrentGemma (Griffin): gated linear recurrences, and attention with a window in every third block (modeling_recurrent_gemma.py).
    /// </summary>
    public static TransformerShape RecurrentGemma(ConfigFields config)
    {
        var usual = LlamaLayouts.Llama(config);
        var shape = usual with { AttentionOutBias = true, FfnBias = true, DFfn = Math.Max(1, usual.DFfn / 2) };
        var width = config.OptionalCount("lru_width") ?? shape.DModel;
        var taps = config.OptionalCount("conv1d_width") ?? 4;
        var gates = 2L * width * (width / Math.Max(1, shape.Heads));
        var recurrence = new LinearRecurrence
        {
            Name = "gated linear recurrence",
            InWidth = StateSpaceLayouts.Times(width, 2),
            OutWidth = width,
            OtherParameters = gates + 2L * width + width + (taps + 1L) * width + 2L * width + shape.DModel,
            Operations = 2.0 * gates + 2.0 * taps * width,
        };
        var kinds = config.Texts("block_types") ?? ["recurrent", "recurrent", "attention"];
        var window = config.OptionalCount("attention_window_size") ?? 2048;
        return shape.Each(layer => shape.UsualBlock with
        {
            Mixer = kinds[layer % kinds.Count] == "attention" ? shape.Attention() with { Window = window } : recurrence,
        });
    }

    private static TransformerShape Convolved(TransformerShape shape, ConfigFields config, Func<int, FeedForward> network)
    {
        var taps = config.OptionalCount("conv_L_cache") ?? 3;
        var bias = config.Flag("conv_bias") ? 1 : 0;
        config.Skip("conv_dim", "conv_dim_out", "conv_use_xavier_init");
        shape = shape with { TiedEmbeddings = config.Flag("tie_embedding", shape.TiedEmbeddings) };
        var convolution = new LinearRecurrence
        {
            Name = "short convolution",
            InWidth = StateSpaceLayouts.Times(shape.DModel, 3),
            OutWidth = shape.DModel,
            OtherParameters = (taps + 5L * bias) * shape.DModel,
            Operations = 2.0 * taps * shape.DModel,
        };
        var kinds = shape.Kinds(config, "full_attention", "conv");
        var attention = config.Counts("full_attn_idxs") ?? [];
        if (kinds is null && attention.Count == 0)
            config.Refuse("layer_types or full_attn_idxs is missing: which layers have attention");
        return shape.Each(layer => shape.UsualBlock with
        {
            Mixer = (kinds is null ? attention.Contains(layer) : kinds[layer] == "full_attention") ? shape.UsualBlock.Mixer : convolution,
            FeedForward = network(layer),
        });
    }

    /// <summary>LFM2's width: two thirds of what is stated, times a factor, rounded up, where it is adjusted.</summary>
    private static int AdjustedWidth(ConfigFields config)
    {
        var stated = config.Count("block_ff_dim", "intermediate_size");
        if (!config.Flag("block_auto_adjust_ff_dim"))
            return stated;
        var width = (int)((config.Real("block_ffn_dim_multiplier") ?? 1) * (int)(2L * stated / 3));
        var multiple = config.OptionalCount("block_multiple_of") ?? 256;
        return (int)Math.Min(((long)width + multiple - 1) / multiple * multiple, int.MaxValue);
    }

    private static StateSpace Expanded(ConfigFields config, int d)
    {
        config.Skip("mamba_d_head");
        return Space(config, StateSpaceLayouts.Times(d, config.OptionalCount("mamba_expand") ?? 2))
            with { ProjectionBias = config.Flag("mamba_proj_bias") };
    }

    private static StateSpace Space(ConfigFields config, int inner) => new()
    {
        InnerWidth = inner,
        Heads = config.OptionalCount("mamba_n_heads") ?? config.Count("mamba_n_heads"),
        State = config.OptionalCount("mamba_d_state") ?? config.Count("mamba_d_state"),
        Groups = config.OptionalCount("mamba_n_groups") ?? 1,
        ConvolutionWidth = config.OptionalCount("mamba_d_conv") ?? 4,
        ConvolutionBias = config.Flag("mamba_conv_bias", otherwise: true),
    };
}
