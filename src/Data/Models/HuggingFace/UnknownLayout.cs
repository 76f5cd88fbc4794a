using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Data.Models.HuggingFace;

/// <summary>
/// A decoder of a type that is not known, by the names that most configurations share. It is read as dense with root-mean-square norms and
/// a gated feed-forward, where its members say that much; norms of queries and keys, which many types have without a member, are not seen.
/// </summary>
internal static class UnknownLayout
{
    /// <summary>Kinds of layers that have the same parameters.</summary>
    private static readonly string[] Attention = ["full_attention", "sliding_attention", "chunked_attention", "attention"];

    public static TransformerShape Read(ConfigFields config, string type)
    {
        var (d, heads) = (
            config.Count("hidden_size", "n_embd", "d_model", "dim", "model_dim"),
            config.Count("num_attention_heads", "n_head", "n_heads", "num_heads", "attention_heads"));
        var shape = new TransformerShape
        {
            Name = "",
            Layers = config.Count("num_hidden_layers", "n_layer", "n_layers", "num_layers"),
            DModel = d,
            Heads = heads,
            KvHeads = config.OptionalCount("num_key_value_heads", "n_kv_heads", "num_kv_heads", "n_head_kv") ?? heads,
            HeadDim = config.OptionalCount("head_dim", "kv_channels") ?? Math.Max(1, d / heads),
            DFfn = config.Count("intermediate_size", "ffn_dim", "d_ff", "ffn_hidden_size", "n_inner"),
            FfnKind = FfnKind.Swiglu,
            Vocab = config.Count("vocab_size", "padded_vocab_size"),
            TiedEmbeddings = config.Flag("tie_word_embeddings"),
            MaxPositions = config.OptionalCount("max_position_embeddings", "n_positions", "max_seq_len", "seq_length") ?? 2048,
            QkvBias = config.Flag("qkv_bias"),
            FfnBias = config.Flag("mlp_bias"),
        };
        foreach (var flag in new[] { "attention_bias", "use_bias", "bias" })
        {
            if (config.Flag(flag))
                config.Refuse($"{flag} is true, and which projections of model_type \"{type}\" it gives a bias is not known");
        }
        var activation = config.Text("hidden_act") ?? config.Text("hidden_activation") ?? config.Text("activation_function");
        if (activation is not ("silu" or "swish" or "swiglu" or "gelu_pytorch_tanh" or "geglu")
            || !(config.Has("rms_norm_eps") || config.Has("norm_eps")))
        {
            config.Refuse(
                $"model_type \"{type}\" is not known, and its members do not say a gated feed-forward with root-mean-square norms "
                + $"(hidden_act"
                + $" silu, rms_norm_eps); describe the model by layers, widths and heads instead (docs/models.md)");
        }
        foreach (var kind in (config.Texts("layer_types") ?? []).Distinct().Where(kind => !Attention.Contains(kind)))
            config.Refuse($"layer_types has \"{kind}\", and what such a layer of model_type \"{type}\" is made of is not known");
        if (config.CountOrNone("num_nextn_predict_layers") is > 0 and var more)
            config.Refuse($"num_nextn_predict_layers is {more}: whether model_type \"{type}\" counts those layers is not known; without "
                + $"it the model is read");
        if (!config.Has("tie_word_embeddings"))
            config.Refuse($"tie_word_embeddings is missing, and what model_type \"{type}\" takes for it is not known; state true or false");
        return config.OptionalCount("sliding_window") is null ? shape : shape.Windowed(config, _ => true);
    }
}
