using System.Text.Json;
using SlmPlanner.Core;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Data.Models.HuggingFace;

namespace SlmPlanner.Data.Models.Trainers;

/// <summary>
/// LitGPT's <c>model_config.yaml</c>: the members of its <c>Config</c> class (litgpt/config.py), whose head never shares the table. Members
/// that are left out have the class's defaults.
/// </summary>
internal static class LitGptConfig
{
    /// <summary>True of an object with those members.</summary>
    public static bool Is(JsonElement root) => root.TryGetProperty("mlp_class_name", out _) && root.TryGetProperty("n_embd", out _);

    /// <summary>The shape.</summary>
    /// <exception cref="InputException">A member is missing, out of range or not supported.</exception>
    public static TransformerShape Read(JsonElement root, string file)
    {
        var fields = new ConfigFields(root);
        var (d, heads) = (fields.Count("n_embd"), fields.Count("n_head"));
        var (bias, mlp) = (fields.Flag("bias", otherwise: true), fields.Text("mlp_class_name") ?? "GptNeoxMLP");
        var gated = mlp is "LLaMAMLP" or "GemmaMLP" or "LLaMAMoE";
        if (!gated && mlp != "GptNeoxMLP")
            fields.Refuse("mlp_class_name", "GptNeoxMLP, LLaMAMLP, GemmaMLP and LLaMAMoE");
        var norms = (fields.Flag("shared_attention_norm") ? 1 : 2) + (fields.Flag("post_attention_norm") ? 1 : 0)
            + (fields.Flag("post_mlp_norm") ? 1 : 0);
        var multiple = fields.OptionalCount("padding_multiple") ?? 512;
        var shape = new TransformerShape
        {
            Name = fields.Text("name") ?? Path.GetFileNameWithoutExtension(file),
            Layers = fields.Count("n_layer"),
            DModel = d,
            Heads = heads,
            KvHeads = fields.OptionalCount("n_query_groups") ?? heads,
            HeadDim = fields.OptionalCount("head_size") ?? Math.Max(1, d / heads),
            DFfn = fields.OptionalCount("intermediate_size") ?? (int)Math.Min(4L * d, int.MaxValue),
            FfnKind = gated ? FfnKind.Swiglu : FfnKind.Gelu,
            Vocab = fields.OptionalCount("padded_vocab_size")
            ?? (int)Math.Min(((long)fields.Count("vocab_size") + multiple - 1) / multiple * multiple, int.MaxValue),
            TiedEmbeddings = false,
            MaxPositions = fields.OptionalCount("block_size") ?? 4096,
            Norm = fields.Text("norm_class_name") == "RMSNorm" ? NormKind.RmsNorm : NormKind.LayerNorm,
            NormsPerLayer = norms,
            QkvBias = bias || fields.Flag("attn_bias"),
            AttentionOutBias = bias,
            FfnBias = bias,
            HeadBias = fields.Flag("lm_head_bias"),
            QkNorm = !fields.Flag("norm_qk") ? QkNormKind.None : fields.Text("norm_qk_type") == "olmo2" ? QkNormKind.Full
            : QkNormKind.PerHead,
            Source = $"{Path.GetFileName(file)}, LitGPT",
        };
        if (mlp == "LLaMAMoE")
            shape = shape with { Sequence = new(shape.UsualBlock with { FeedForward = Experts(fields, shape) }, shape.Layers) };
        if (fields.CountOrNone("n_shared_expert") > 0 || fields.CountOrNone("first_k_dense_replace") > 0 || fields.Has("latent_attention"))
            fields.Refuse("n_shared_expert, first_k_dense_replace and latent_attention are not read: give a config.json of the model");
        return fields.Problems.Count == 0
            ? ShapeLimits.Checked(shape, file) : throw new InputException($"{file}: {string.Join("; ", fields.Problems)}");
    }

    private static Experts Experts(ConfigFields fields, TransformerShape shape) => new()
    {
        Count = fields.Count("n_expert"), PerToken = fields.Count("n_expert_per_token"), Bias = shape.FfnBias,
        Width = fields.OptionalCount("moe_intermediate_size") ?? shape.DFfn,
    };
}
