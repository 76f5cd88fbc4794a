using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Data.Models.HuggingFace;

/// <summary>
/// Dense decoders that differ from Llama's by a norm, a bias or a matrix less: each as its <c>modular_*.py</c> of Hugging Face Transformers
/// has it.
/// </summary>
internal static class DenseLayouts
{
    /// <summary>BitNet: a norm more before attention's output projection, as wide as the model, and one before the last matrix.</summary>
    public static TransformerShape BitNet(ConfigFields config)
    {
        var shape = LlamaLayouts.Llama(config) with { FfnBias = false };
        return shape.EachBlock(block => block with { OtherParameters = (long)shape.DModel + shape.DFfn });
    }

    /// <summary>Seed-OSS: biases by one flag for queries, keys and values and another for attention's output.</summary>
    public static TransformerShape SeedOss(ConfigFields config) =>
        LlamaLayouts.Llama(config) with { AttentionOutBias = config.Flag("attention_out_bias") };

    /// <summary>nanochat: two matrices with squared ReLU, norms without parameters everywhere.</summary>
    public static TransformerShape NanoChat(ConfigFields config)
    {
        var bias = config.Flag("qkv_bias") || config.Flag("attention_bias");
        return LlamaLayouts.Llama(config) with
        {
            FfnKind = FfnKind.Gelu,
            Norm = NormKind.NonParametric,
            QkvBias = bias,
            AttentionOutBias = bias,
            FfnBias = false,
        };
    }

    /// <summary>VaultGemma: Gemma 2 without the norms behind attention and feed-forward.</summary>
    public static TransformerShape VaultGemma(ConfigFields config) =>
        GemmaLayouts.Gemma(config).Windowed(config, layer => layer % 2 == 0);

    /// <summary>HyperCLOVA X: Granite's layout, with norms behind attention and feed-forward where a flag says so.</summary>
    public static TransformerShape HyperClovaX(ConfigFields config) =>
        LlamaLayouts.Llama(config) with { NormsPerLayer = config.Flag("use_post_norm") ? 4 : 2 };

    /// <summary>Jais 2: two matrices with squared ReLU, layer normalisation, biases everywhere.</summary>
    public static TransformerShape Jais2(ConfigFields config) =>
        LlamaLayouts.Llama(config) with { FfnKind = FfnKind.Gelu, Norm = NormKind.LayerNorm };

    /// <summary>
    /// Phi-3-small (modeling_phi3_small.py beside the weights): layer normalisation, biases of all projections whatever the members say.
    /// Every second layer attends to blocks near by and to some far ones: counted as attention to all.
    /// </summary>
    public static TransformerShape Phi3Small(ConfigFields config)
    {
        config.Skip("attention_bias", "mlp_bias");
        return LlamaLayouts.Llama(config, config.Count("ff_intermediate_size")) with
        {
            Norm = NormKind.LayerNorm,
            QkvBias = true,
            AttentionOutBias = true,
            FfnBias = true,
        };
    }

    /// <summary>
    /// ModernBERT's decoder (modular_modernbert_decoder.py): layer normalisation of the embedding in place of that before the first
    /// attention, a square matrix and a norm before the head, which has a bias; two layers of three have a window of half the stated one.
    /// </summary>
    public static TransformerShape ModernBertDecoder(ConfigFields config)
    {
        config.Skip("classifier_activation", "classifier_pooling", "reference_compile");
        var bias = config.Flag("norm_bias");
        var shape = LlamaLayouts.Llama(config) with { Norm = NormKind.LayerNorm, NormBias = bias,
            HeadBias = config.Flag("decoder_bias", otherwise: true) };
        long d = shape.DModel, norm = bias ? 2 * d : d;
        var every = config.OptionalCount("global_attn_every_n_layers") ?? 3;
        var window = config.OptionalCount("sliding_window") ?? Math.Max(1, (config.OptionalCount("local_attention") ?? 128) / 2);
        var kinds = shape.Kinds(config, "full_attention", "sliding_attention");
        shape = shape with { OtherParameters = d * d + (config.Flag("classifier_bias") ? d : 0) + 2 * norm };
        return shape.Each(layer => shape.UsualBlock with
        {
            Mixer = (kinds is null ? (layer + 1) % every == 0 : kinds[layer] == "full_attention") ? shape.Attention()
            : shape.Attention() with { Window = window },
            Norms = layer == 0 ? 1 : 2,
        });
    }

    /// <summary>
    /// Llama 4, text: experts in the layers that are listed or in every so manyth, one shared expert beside, dense layers of another width;
    /// norms of queries and keys have no parameters; three layers of four attend within a chunk, counted here as a window as long.
    /// </summary>
    public static TransformerShape Llama4(ConfigFields config)
    {
        config.Skip("use_qk_norm", "attn_temperature_tuning", "floor_scale", "attn_scale", "for_llm_compressor");
        var width = config.OptionalCount("intermediate_size") ?? 1;
        var shape = LlamaLayouts.Llama(config) with { FfnBias = false };
        shape = shape with { DFfn = config.OptionalCount("intermediate_size_mlp") ?? shape.DFfn };
        var every = config.CountOrNone("interleave_moe_layer_step");
        var listed = config.Counts("moe_layers");
        var chunk = config.OptionalCount("attention_chunk_size");
        var hasExperts = listed is { Count: > 0 } || (listed is null && every > 0);
        var experts = hasExperts ? ExpertLayouts.Routed(config, "num_local_experts", "num_experts_per_tok", "intermediate_size")
            with { SharedWidth = width } : null;
        config.Skip("num_local_experts", "num_experts_per_tok");
        var kinds = shape.Kinds(config, "full_attention", "chunked_attention");
        var rotary = config.Counts("no_rope_layers");
        var interval = config.OptionalCount("no_rope_layer_interval") ?? 4;
        return shape.Each(layer => shape.UsualBlock with
        {
            Mixer = IsChunked(layer) && chunk is not null ? shape.Attention() with { Window = chunk } : shape.Attention(),
            FeedForward = experts is not null && (listed?.Contains(layer) ?? (layer + 1) % every == 0) ? experts
            : shape.UsualBlock.FeedForward,
        });

        bool IsChunked(int layer) => kinds is not null ? kinds[layer] == "chunked_attention"
            : rotary is { Count: > 0 } ? rotary.ElementAtOrDefault(layer) != 0 : (layer + 1) % interval != 0;
    }
}
