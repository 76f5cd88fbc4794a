using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Data.Models.HuggingFace;

/// <summary>
/// RWKV 4 to 7 (Peng et al. 2023, 2024, 2025), as <c>modeling_rwkv.py</c>, <c>modeling_rwkv5.py</c>, <c>modeling_rwkv6.py</c> and
/// <c>modular_rwkv7.py</c> have them. The head of 4 to 6 is never shared.
/// </summary>
internal static class RwkvLayouts
{
    /// <summary>RWKV 4: decays and first weights per channel, mixing weights of three inputs, squared ReLU behind a gate.</summary>
    public static TransformerShape Rwkv4(ConfigFields config)
    {
        var (d, width) = Widths(config);
        var ffn = config.OptionalCount("intermediate_size") ?? StateSpaceLayouts.Times(d, 4);
        return Of(config, d, ffn, inWidth: StateSpaceLayouts.Times(width, 3), width, others: 2L * width + 3L * d);
    }

    /// <summary>RWKV 5: a gate, mixing weights of four inputs, a normalisation per head; a feed-forward of 3.5 times the width.</summary>
    public static TransformerShape Rwkv5(ConfigFields config)
    {
        var (d, width) = Widths(config);
        config.Skip("head_size", "num_attention_heads", "head_size_divisor", "model_version");
        var ffn = config.OptionalCount("intermediate_size") ?? (int)(d * 3.5) / 32 * 32;
        return Of(config, d, ffn, inWidth: StateSpaceLayouts.Times(width, 4), width, others: 2L * width + 4L * d + 2L * width);
    }

    /// <summary>
    /// RWKV 6: as 5, with mixing weights and decays that depend on the input through matrices of rank 32 and 64, twice that from a width of
    /// 4096 on.
    /// </summary>
    public static TransformerShape Rwkv6(ConfigFields config)
    {
        var (d, width) = Widths(config);
        config.Skip("head_size", "num_attention_heads", "head_size_divisor", "model_version");
        foreach (var member in new[] { "proj_low_rank_dim", "gate_low_rank_dim", "expand_k", "expand_v" })
        {
            if (config.Has(member))
                config.Refuse($"{member} is of another code than the one beside RWKV's own weights, and its ranks are not described here");
        }
        var ffn = config.OptionalCount("intermediate_size") ?? (int)(d * 3.5) / 32 * 32;
        const int WideFrom = 4096;
        var (mix, decay) = d >= WideFrom ? (64, 128) : (32, 64);
        long ranks = 2L * 5 * mix * d + (long)decay * (d + width);
        return Of(config, d, ffn, inWidth: StateSpaceLayouts.Times(width, 4), width, others: 6L * d + 4L * width + ranks, 2.0 * ranks);
    }

    /// <summary>
    /// RWKV 7: four square matrices; decays, learning rates, gates and, but in the first block, a mixture of values through matrices of
    /// stated ranks; a feed-forward of two matrices with squared ReLU.
    /// </summary>
    public static TransformerShape Rwkv7(ConfigFields config)
    {
        config.Skip("head_dim", "num_heads", "hidden_ratio", "fuse_norm", "attn_mode", "hidden_act", "wkv_state_dtype", "use_l2warp",
            "fuse_cross_entropy");
        var d = config.Count("hidden_size");
        if (!config.Flag("norm_first", otherwise: true))
            config.Refuse("norm_first", "true");
        if (config.Has("attn"))
            config.Refuse("attn", "null");
        if (config.CountList("value_dim") is { } widths && widths.Any(width => width != d))
            config.Refuse("value_dim", $"the hidden width {d} in every layer");
        if (config.Real("hidden_ratio") is { } ratio && ratio != 4 && !config.Has("intermediate_size"))
            config.Refuse("hidden_ratio", "4, or intermediate_size");
        var ffn = config.OptionalCount("intermediate_size") ?? StateSpaceLayouts.Times(d, 4);
        var (decay, rate, gate) = (config.Count("decay_low_rank_dim"), config.Count("a_low_rank_dim"), config.Count("gate_low_rank_dim"));
        long value = config.Count("v_low_rank_dim"), bias = config.Flag("norm_bias", otherwise: true) ? 2 : 1;
        var headDim = config.OptionalCount("head_dim") ?? 64;
        const int MixingWeights = 6, PerChannel = 3;
        LinearRecurrence Recurrence(long ranks, int offsets) => new()
        {
            Name = "generalised delta rule",
            InWidth = StateSpaceLayouts.Times(d, 3),
            OutWidth = d,
            OtherParameters = 2 * ranks * d + (MixingWeights + PerChannel + offsets + bias) * d,
            Operations = 4.0 * ranks * d + 8.0 * d * headDim,
        };
        long shared = (long)decay + rate + gate;
        Block Block(LinearRecurrence recurrence) => new()
        {
            Mixer = recurrence,
            FeedForward = new DenseFeedForward { Width = ffn, Kind = FfnKind.Gelu },
            OtherParameters = d,
        };
        return Blocks(config, d, ffn, Block(Recurrence(shared + value, offsets: 3))) with
        {
            TiedEmbeddings = config.Flag("tie_word_embeddings"),
            NormBias = bias == 2,
            MaxPositions = config.OptionalCount("max_position_embeddings") ?? 8192,
            OtherParameters = bias * d,
        } is var shape ? shape.Each(layer => layer == 0 ? Block(Recurrence(shared, offsets: 2)) : shape.Blocks[0].Block) : shape;
    }

    private static (int Width, int Attention) Widths(ConfigFields config)
    {
        var d = config.Count("hidden_size");
        config.Skip("tie_word_embeddings", "rescale_every");
        return (d, config.OptionalCount("attention_hidden_size") ?? d);
    }

    /// <summary>
    /// Two layer normalisations a block and one before the first; the feed-forward mixes two inputs and gates its result by a square
    /// matrix.
    /// </summary>
    private static TransformerShape Of(ConfigFields config, int d, int ffn, int inWidth, int width, long others,
        double more = 0)
    {
        var block = new Block
        {
            Mixer = new LinearRecurrence
            {
                Name = "weighted key-value recurrence", InWidth = inWidth, OutWidth = width, OtherParameters = others,
                    Operations = 8.0 * width + more,
            },
            Beside = new LinearRecurrence { Name = "channel gate", InWidth = d, OutWidth = 0, OtherParameters = 2L * d },
            FeedForward = new DenseFeedForward { Width = ffn, Kind = FfnKind.Gelu },
        };
        return Blocks(config, d, ffn, block);
    }

    private static TransformerShape Blocks(ConfigFields config, int d, int ffn, Block block) => new TransformerShape
    {
        Name = "",
        Layers = config.Count("num_hidden_layers"),
        DModel = d,
        Heads = 0,
        KvHeads = 0,
        HeadDim = 0,
        DFfn = ffn,
        FfnKind = FfnKind.Gelu,
        Vocab = config.Count("vocab_size"),
        TiedEmbeddings = false,
        Positions = PositionKind.None,
        MaxPositions = config.OptionalCount("context_length") ?? 1024,
        Norm = NormKind.LayerNorm,
        OtherParameters = 2L * d,
    }.Each(_ => block);
}
