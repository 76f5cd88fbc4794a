using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Data.Models.HuggingFace;

/// <summary>Decoders with multi-head latent attention: DeepSeek V2 and V3, Moonlight, MiniCPM 3.</summary>
internal static class LatentLayouts
{
    /// <summary>
    /// DeepSeek V2 and V3, and what is written in their formats: experts after the first dense layers; ordinary attention where
    /// <c>use_mla</c> is false, as in the smaller DeepSeek-VL2 and DeepSeek-OCR.
    /// </summary>
    public static TransformerShape DeepSeek(ConfigFields config)
    {
        config.Skip("num_nextn_predict_layers", "num_key_value_heads");
        if (!config.Flag("use_mla", otherwise: true))
            return OrdinaryAttention(config);
        var shape = ExpertLayouts.AfterDense(Usual(config), config);
        return WithLatents(shape, config);
    }

    /// <summary>MiniCPM 3: no experts; values as wide as heads are.</summary>
    public static TransformerShape MiniCpm3(ConfigFields config) => WithLatents(Usual(config), config);

    private static TransformerShape OrdinaryAttention(ConfigFields config)
    {
        config.Skip("kv_lora_rank", "q_lora_rank", "qk_nope_head_dim", "qk_rope_head_dim", "v_head_dim");
        return ExpertLayouts.AfterDense(LlamaLayouts.Llama(config), config);
    }

    private static TransformerShape Usual(ConfigFields config) =>
        LlamaLayouts.Llama(config) with { QkvBias = false, AttentionOutBias = false };

    /// <summary>The shape with latent attention in every block.</summary>
    public static TransformerShape WithLatents(TransformerShape shape, ConfigFields config)
    {
        var attention = new LatentAttention
        {
            Heads = shape.Heads,
            QueryRank = config.OptionalCount("q_lora_rank"),
            KvRank = config.OptionalCount("kv_lora_rank") ?? config.Count("kv_lora_rank"),
            NopeDim = config.OptionalCount("qk_nope_head_dim") ?? config.Count("qk_nope_head_dim"),
            RopeDim = config.OptionalCount("qk_rope_head_dim") ?? config.Count("qk_rope_head_dim"),
            ValueDim = config.OptionalCount("v_head_dim") ?? Math.Max(1, shape.DModel / shape.Heads),
            Bias = config.Flag("attention_bias"),
        };
        return (shape with { HeadDim = attention.NopeDim + attention.RopeDim }).EachBlock(block => block with { Mixer = attention });
    }
}
