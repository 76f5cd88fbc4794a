namespace SlmPlanner.Core.Models.Blocks;

/// <summary>Blocks whose feed-forward is a mixture of experts, after the first dense ones (DeepSeekMoE has such).</summary>
/// <param name="Count">Routed experts of a block, 1..4096.</param>
/// <param name="PerToken">Routed experts that one token is sent to, 1 to <paramref name="Count"/>.</param>
/// <param name="Width">Inner width of one routed expert, ≥ 1.</param>
/// <param name="SharedWidth">Inner width of all shared experts together; 0 without them.</param>
/// <param name="DenseLayers">First blocks that stay dense, ≥ 0.</param>
public sealed record ExpertLayers(int Count, int PerToken, int Width, int SharedWidth = 0, int DenseLayers = 0);

/// <summary>Blocks whose attention sees a window (Beltagy et al. 2020), every so many blocks one that sees all (Gemma 3).</summary>
/// <param name="Tokens">Tokens that a token sees at most, itself included, ≥ 1.</param>
/// <param name="FullEvery">Every so manyth block sees all tokens; 0 where none does.</param>
public sealed record WindowLayers(int Tokens, int FullEvery = 0);

/// <summary>Blocks that differ by their place alone.</summary>
public static class LayerPattern
{
    /// <summary>True where the block at this place, from 0, has experts.</summary>
    public static bool HasExperts(this ExpertLayers? experts, int place) => experts is not null && place >= experts.DenseLayers;

    /// <summary>The window of the block at this place, from 0; null where it sees all tokens.</summary>
    public static int? At(this WindowLayers? windows, int place) =>
        windows is null || (windows.FullEvery > 0 && (place + 1) % windows.FullEvery == 0) ? null : windows.Tokens;
}
