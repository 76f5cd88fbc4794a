using System.Text.Json;
using SlmPlanner.Core;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Data.Models.HuggingFace;

namespace SlmPlanner.Data.Models.Trainers;

/// <summary>
/// The arguments of Meta's Llama code (<c>params.json</c>) and of torchtitan's Llama flavours (<c>TransformerModelArgs</c>): the
/// feed-forward's width is two thirds of four times the width, times a factor, rounded up to a multiple.
/// </summary>
internal static class LlamaParams
{
    /// <summary>True of an object with those arguments.</summary>
    public static bool Are(JsonElement root) =>
        root.TryGetProperty("dim", out _) && root.TryGetProperty("n_layers", out _) && root.TryGetProperty("n_heads", out _)
        && !root.TryGetProperty("model_type", out _);

    /// <summary>The shape.</summary>
    /// <exception cref="InputException">An argument is missing or out of range.</exception>
    public static TransformerShape Read(JsonElement root, string file)
    {
        var fields = new ConfigFields(root);
        var (d, heads) = (fields.Count("dim"), fields.Count("n_heads"));
        var shape = new TransformerShape
        {
            Name = Path.GetFileNameWithoutExtension(file),
            Layers = fields.Count("n_layers"),
            DModel = d,
            Heads = heads,
            KvHeads = fields.OptionalCount("n_kv_heads") ?? heads,
            HeadDim = fields.OptionalCount("head_dim") ?? Math.Max(1, d / heads),
            DFfn = fields.OptionalCount("hidden_dim")
            ?? FeedForward(d, fields.Real("ffn_dim_multiplier"), fields.OptionalCount("multiple_of") ?? 256),
            FfnKind = FfnKind.Swiglu,
            Vocab = fields.Count("vocab_size"),
            TiedEmbeddings = fields.Flag("tie_word_embeddings") || fields.Flag("enable_weight_tying"),
            MaxPositions = fields.OptionalCount("max_seq_len") ?? 2048,
            Source = $"{Path.GetFileName(file)}, arguments of Llama's own code",
        };
        if (fields.Has("moe") || fields.Has("moe_args"))
            fields.Refuse("moe is not read: give a config.json of the model");
        fields.Skip("norm_eps", "rope_theta", "use_scaled_rope", "max_batch_size", "depth_init", "use_flex_attn", "attn_mask_type",
            "eos_id");
        return fields.Problems.Count == 0
            ? ShapeLimits.Checked(shape, file) : throw new InputException($"{file}: {string.Join("; ", fields.Problems)}");
    }

    /// <summary>⌈⌊factor · ⌊8·d/3⌋⌋ / multiple⌉ · multiple (meta-llama/llama, <c>model.py</c>, FeedForward).</summary>
    public static int FeedForward(int d, double? factor, int multiple)
    {
        var width = (long)((factor ?? 1) * (2L * 4 * d / 3));
        return (int)Math.Min((width + multiple - 1) / multiple * multiple, int.MaxValue);
    }
}
