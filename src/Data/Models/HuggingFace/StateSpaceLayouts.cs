using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Data.Models.HuggingFace;

/// <summary>
/// Decoders of state spaces alone: Mamba, Mamba-2, Falcon Mamba, in the format of Transformers and in that of their authors.
/// </summary>
internal static class StateSpaceLayouts
{
    /// <summary>Mamba and Falcon Mamba: one normalisation and one scan per block, no feed-forward.</summary>
    public static TransformerShape Mamba(ConfigFields config)
    {
        var d = config.Count("hidden_size", "d_model");
        var inner = config.OptionalCount("intermediate_size", "d_inner") ?? Times(d, config.OptionalCount("expand") ?? 2);
        var rank = config.Text("time_step_rank") is "auto" or null && !config.Has("time_step_rank")
            || config.Text("time_step_rank") == "auto"
            ? (d + 15) / 16 : config.Count("time_step_rank");
        return Of(config, d, new SelectiveScan
        {
            InnerWidth = inner,
            State = config.OptionalCount("state_size") ?? 16,
            StepRank = rank,
            ConvolutionWidth = config.OptionalCount("conv_kernel") ?? 4,
            ConvolutionBias = config.Flag("use_conv_bias", otherwise: true),
            ProjectionBias = config.Flag("use_bias"),
        });
    }

    /// <summary>Mamba-2.</summary>
    public static TransformerShape Mamba2(ConfigFields config)
    {
        var d = config.Count("hidden_size", "d_model");
        var inner = Times(d, config.OptionalCount("expand") ?? 2);
        var headDim = config.OptionalCount("head_dim") ?? 64;
        return Of(config, d, new StateSpace
        {
            InnerWidth = inner,
            Heads = config.OptionalCount("num_heads") ?? Math.Max(1, inner / headDim),
            State = config.OptionalCount("state_size") ?? 128,
            Groups = config.OptionalCount("n_groups") ?? 1,
            ConvolutionWidth = config.OptionalCount("conv_kernel") ?? 4,
            ConvolutionBias = config.Flag("use_conv_bias", otherwise: true),
            ProjectionBias = config.Flag("use_bias"),
        });
    }

    /// <summary>
    /// The authors' own format (state-spaces/mamba, <c>MambaConfig</c>): no <c>model_type</c>, the rows of the table rounded up, the head
    /// shared; <c>ssm_cfg.layer</c> says which of the two it is.
    /// </summary>
    public static TransformerShape Own(ConfigFields config)
    {
        var (d, layer) = (config.Count("d_model"), config.Nested("ssm_cfg"));
        var multiple = config.OptionalCount("pad_vocab_size_multiple") ?? 8;
        var vocab = (int)Math.Min(((long)config.Count("vocab_size") + multiple - 1) / multiple * multiple, int.MaxValue);
        var inner = Times(d, layer.OptionalCount("expand") ?? 2);
        if (config.CountOrNone("d_intermediate") > 0 || config.Counts("attn_layer_idx") is { Count: > 0 })
            config.Refuse("d_intermediate and attn_layer_idx are read where they are 0 and empty");
        config.Skip("attn_cfg", "residual_in_fp32", "fused_add_norm");
        TokenMixer mixer = layer.Text("layer") == "Mamba2"
            ? new StateSpace
            {
                InnerWidth = inner,
                Heads = Math.Max(1, inner / (layer.OptionalCount("headdim") ?? 64)),
                State = layer.OptionalCount("d_state") ?? 128,
                Groups = layer.OptionalCount("ngroups") ?? 1,
                ConvolutionWidth = layer.OptionalCount("d_conv") ?? 4,
            }
            : new SelectiveScan
            {
                InnerWidth = inner,
                State = layer.OptionalCount("d_state") ?? 16,
                StepRank = layer.OptionalCount("dt_rank") ?? (d + 15) / 16,
                ConvolutionWidth = layer.OptionalCount("d_conv") ?? 4,
            };
        return Of(config.Count("n_layer"), d, vocab, config.Flag("tie_embeddings", otherwise: true), mixer);
    }

    private static TransformerShape Of(ConfigFields config, int d, TokenMixer mixer) =>
        Of(config.Count("num_hidden_layers", "n_layer"), d, config.Count("vocab_size"), config.Flag("tie_word_embeddings"), mixer);

    private static TransformerShape Of(int layers, int d, int vocab, bool tied, TokenMixer mixer) => new TransformerShape
    {
        Name = "",
        Layers = layers,
        DModel = d,
        Heads = 0,
        KvHeads = 0,
        HeadDim = 0,
        DFfn = 0,
        FfnKind = FfnKind.Swiglu,
        Vocab = vocab,
        TiedEmbeddings = tied,
        Positions = PositionKind.None,
        MaxPositions = 1 << 20,
        NormsPerLayer = 1,
    }.Each(_ => new Block { Mixer = mixer, Norms = 1 });

    internal static int Times(int d, int ratio) => (int)Math.Min((long)d * ratio, int.MaxValue);
}
