using System.Globalization;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Planner.Listings;

/// <summary>A kind of block in words, for the title of <c>slm-plan models show</c>.</summary>
internal static class BlockWords
{
    /// <summary>How many there are, what mixes tokens, and what works on each alone.</summary>
    public static string Of(BlockRun kind)
    {
        string?[] parts = [Of(kind.Block.Mixer), Of(kind.Block.Beside), Of(kind.Block.FeedForward), kind.Block.RepeatsWeights
            ? "weights of the block before" : null];
        return string.Create(CultureInfo.InvariantCulture, $"{kind.Count} layers of {string.Join(", ", parts.OfType<string>())}");
    }

    private static string? Of(TokenMixer? mixer) => mixer switch
    {
        SelfAttention attention => string.Create(CultureInfo.InvariantCulture,
            $"{attention.Heads} heads of {attention.HeadDim} ({attention.KvHeads} "
            + $"key-value{(attention.Window is { } window ? $", window {window}" : "")})"),
        LatentAttention latent => string.Create(CultureInfo.InvariantCulture,
            $"latent attention ({latent.Heads} heads of {latent.NopeDim} + {latent.RopeDim}, latent {latent.KvRank})"),
        StateSpace space => string.Create(CultureInfo.InvariantCulture,
            $"state space ({space.Heads} heads, width {space.InnerWidth}, state {space.State})"),
        SelectiveScan scan => string.Create(CultureInfo.InvariantCulture, $"selective scan (width {scan.InnerWidth}, state {scan.State})"),
        LinearRecurrence other => other.Name,
        _ => null,
    };

    private static string? Of(FeedForward? network) => network switch
    {
        Experts experts => string.Create(CultureInfo.InvariantCulture,
            $"{experts.PerToken} of {experts.Count} experts of "
            + $"{experts.Width}{(experts.SharedWidth > 0 ? $" and a shared one of {experts.SharedWidth}" : "")}"),
        DenseFeedForward dense => string.Create(CultureInfo.InvariantCulture,
            $"feed-forward {dense.Width} ({(dense.Kind == FfnKind.Swiglu ? "gated" : "plain")})"),
        _ => null,
    };
}
