using System.Globalization;
using System.Text.RegularExpressions;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Planner.Listings;

/// <summary>A kind of block in words, for the title of <c>slm-plan models show</c>.</summary>
internal static partial class BlockWords
{
    /// <summary>Kinds that are told one by one; of more only how far their numbers reach.</summary>
    private const int MostTold = 4;

    /// <summary>
    /// Each kind, for example <c>22 layers of 4 heads of 256</c>; of many that differ in their numbers alone, as
    /// <c>28 layers of 16 to 32 heads of 64</c>.
    /// </summary>
    public static IEnumerable<string> Of(IReadOnlyCollection<BlockRun> kinds)
    {
        var words = kinds.Select(kind => (kind.Count, Words: Words(kind.Block))).ToList();
        return kinds.Count <= MostTold ? words.Select(kind => Counted(kind.Count, kind.Words))
            : words.GroupBy(kind => Numbers().Replace(kind.Words, "#"))
                .Select(alike => Counted(alike.Sum(kind => kind.Count), Reach([.. alike.Select(kind => kind.Words)])));
    }

    /// <summary>Words that differ in numbers alone, each number from the least to the largest.</summary>
    private static string Reach(IReadOnlyList<string> alike)
    {
        var numbers = alike.Select(words => Numbers().Matches(words)
            .Select(number => int.Parse(number.ValueSpan, CultureInfo.InvariantCulture)).ToList()).ToList();
        var place = 0;
        return Numbers().Replace(alike[0], _ =>
        {
            var here = numbers.ConvertAll(all => all[place]);
            place++;
            return here.Min() == here.Max() ? here[0].ToString(CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture, $"{here.Min()} to {here.Max()}");
        });
    }

    private static string Counted(int count, string words) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "layer" : "layers")} of {words}");

    /// <summary>What mixes tokens, and what works on each alone.</summary>
    private static string Words(Block block)
    {
        string?[] parts = [Of(block.Mixer), Of(block.Beside), Of(block.FeedForward), block.RepeatsWeights
            ? "weights of the block before" : null];
        return string.Join(", ", parts.OfType<string>());
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

    [GeneratedRegex(@"\d+")]
    private static partial Regex Numbers();
}
