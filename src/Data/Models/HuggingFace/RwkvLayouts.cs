using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Data.Models.HuggingFace;

/// <summary>
/// RWKV 4 and 5 (Peng et al. 2023, 2024), as <c>modeling_rwkv.py</c> and <c>modeling_rwkv5.py</c> have them. Their head is never shared.
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
    private static TransformerShape Of(ConfigFields config, int d, int ffn, int inWidth, int width, long others)
    {
        var block = new Block
        {
            Mixer = new LinearRecurrence
            {
                Name = "weighted key-value recurrence", InWidth = inWidth, OutWidth = width, OtherParameters = others,
                    Operations = 8.0 * width,
            },
            Beside = new LinearRecurrence { Name = "channel gate", InWidth = d, OutWidth = 0, OtherParameters = 2L * d },
            FeedForward = new DenseFeedForward { Width = ffn, Kind = FfnKind.Gelu },
        };
        return new TransformerShape
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
}
