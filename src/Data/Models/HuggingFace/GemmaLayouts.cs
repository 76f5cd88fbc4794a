using SlmPlanner.Core.Models;

namespace SlmPlanner.Data.Models.HuggingFace;

/// <summary>Gemma decoders: the Llama layout with tied embeddings and heads of 256 unless stated.</summary>
internal static class GemmaLayouts
{
    public static TransformerShape Gemma(ConfigFields config) => LlamaLayouts.Llama(config) with
    {
        HeadDim = config.OptionalCount("head_dim") ?? 256,
        TiedEmbeddings = config.Flag("tie_word_embeddings", otherwise: true),
    };

    /// <summary>Gemma 2: normalisation before and after attention and feed-forward.</summary>
    public static TransformerShape Gemma2(ConfigFields config) => Gemma(config) with { NormsPerLayer = 4 };

    /// <summary>Gemma 3, text: as Gemma 2, with normalised queries and keys.</summary>
    public static TransformerShape Gemma3(ConfigFields config) => Gemma2(config) with { QkNorm = QkNormKind.PerHead };
}
