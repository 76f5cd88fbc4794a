using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Data.Models.HuggingFace;

/// <summary>Gemma decoders: the Llama layout with tied embeddings and heads of 256 unless stated.</summary>
internal static class GemmaLayouts
{
    public static TransformerShape Gemma(ConfigFields config) => LlamaLayouts.Llama(config);

    /// <summary>
    /// Gemma 2: normalisation before and after attention and feed-forward; every second layer, from the first on, has a window.
    /// </summary>
    public static TransformerShape Gemma2(ConfigFields config) =>
        (Gemma(config) with { NormsPerLayer = 4 }).Windowed(config, layer => layer % 2 == 0);

    /// <summary>Gemma 3, text: as Gemma 2, with normalised queries and keys; five layers of six have a window.</summary>
    public static TransformerShape Gemma3(ConfigFields config)
    {
        var pattern = config.OptionalCount("sliding_window_pattern", "_sliding_window_pattern") ?? 6;
        return (Gemma(config) with { NormsPerLayer = 4, QkNorm = QkNormKind.PerHead })
            .Windowed(config, layer => (layer + 1) % pattern != 0);
    }
}
