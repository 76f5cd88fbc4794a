using System.Text.Json;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Data.Models.HuggingFace;

/// <summary>OpenELM: heads and widths differ from layer to layer (Mehta et al. 2024, section 3.1).</summary>
internal static class LayerwiseLayouts
{
    public static TransformerShape OpenElm(ConfigFields config)
    {
        var (layers, d) = (config.Count("num_transformer_layers"), config.Count("model_dim"));
        var (heads, kvHeads, headDim) = (config.Counts("num_query_heads") ?? [], config.Counts("num_kv_heads") ?? [],
            config.Count("head_dim"));
        var multipliers = config.Items("ffn_multipliers") ?? [];
        var divisor = config.OptionalCount("ffn_dim_divisor") ?? 256;
        config.Skip("num_gqa_groups", "qkv_multipliers");
        foreach (var (member, count) in new[] { ("num_query_heads", heads.Count), ("num_kv_heads", kvHeads.Count),
            ("ffn_multipliers", multipliers.Count) })
        {
            if (count != layers)
                config.Refuse($"{member} has {count} entries for {layers} layers");
        }
        if (config.Problems.Count > 0)
            (heads, kvHeads, multipliers) = ([1], [1], []);
        int[] widths = [.. multipliers.Select(multiplier => Width(multiplier, d, divisor))];
        var shape = new TransformerShape
        {
            Name = "",
            Layers = layers,
            DModel = d,
            Heads = heads[^1],
            KvHeads = kvHeads[^1],
            HeadDim = headDim,
            DFfn = widths.DefaultIfEmpty(1).Last(),
            FfnKind = config.Flag("ffn_with_glu", otherwise: true) ? FfnKind.Swiglu : FfnKind.Gelu,
            Vocab = config.Count("vocab_size"),
            TiedEmbeddings = config.Flag("share_input_output_layers", otherwise: true),
            MaxPositions = config.OptionalCount("max_context_length") ?? 2048,
            QkNorm = config.Flag("normalize_qk_projections") ? QkNormKind.PerHead : QkNormKind.None,
        };
        return widths.Length != layers ? shape : shape.Each(layer => shape.UsualBlock with
        {
            Mixer = shape.Attention() with { Heads = heads[layer], KvHeads = kvHeads[layer] },
            FeedForward = new DenseFeedForward { Width = widths[layer], Kind = shape.FfnKind },
        });
    }

    /// <summary>
    /// A width rounded to a multiple, never down by more than a tenth (<c>make_divisible</c> in the code beside the weights).
    /// </summary>
    private static int Width(JsonElement multiplier, int d, int divisor)
    {
        var exact = (multiplier.ValueKind == JsonValueKind.Number ? multiplier.GetDouble() : 0) * d;
        var rounded = Math.Max(divisor, Math.Floor((exact + divisor / 2.0) / divisor) * divisor);
        return (int)Math.Min(rounded < 0.9 * exact ? rounded + divisor : rounded, int.MaxValue);
    }
}
