using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Models;

/// <summary>The places of a model where adapters can stand, sums for each name; worked out once for a model.</summary>
internal sealed class AdapterSites
{
    /// <summary>Matrices that lead back to the hidden width, which tensor-parallel ranks divide by rows.</summary>
    private const AdapterTargets LeadBack = AdapterTargets.Output | AdapterTargets.Down;

    private readonly AdapterPart[] _sums;

    /// <summary>What was last asked for: a search asks for the same places again and again.</summary>
    private Halves? _last;

    private AdapterSites(AdapterPart[] sums) => _sums = sums;

    /// <summary>Sums a shape's blocks.</summary>
    public static AdapterSites Of(TransformerShape shape) => new(
        [.. AdapterTargetsText.Names.Select(entry => shape.Blocks.Kinds.Aggregate(default(AdapterPart), (sum, kind) => new(
            sum.Usual + Usual(kind.Block, shape.DModel, entry.Target, kind.Count),
            sum.Routed + Routed(kind.Block, shape.DModel, entry.Target, kind.Count))))]);

    /// <summary>
    /// True of models whose attention has the matrices that targets name: latent attention and recurrences have others, which are not
    /// counted.
    /// </summary>
    public static bool Know(TransformerShape shape) =>
        shape.Blocks.Kinds.All(kind => kind.Block is { Beside: null, RepeatsWeights: false, Mixer: SelfAttention or null });

    /// <summary>The sum of some places in the whole model.</summary>
    public AdapterSum Of(AdapterTargets targets) => On(targets, ModelPart.Whole).All;

    /// <summary>The sums of some places in a rank's part; of routed experts all, however many ranks share them.</summary>
    public AdapterPart On(AdapterTargets targets, in ModelPart part)
    {
        var halves = HalvesOf(targets);
        var usual = halves.Columns.Usual.Over(part.Tensor, byRows: false) + halves.Rows.Usual.Over(part.Tensor, byRows: true);
        var routed = halves.Columns.Routed.Over(part.Tensor, byRows: false) + halves.Rows.Routed.Over(part.Tensor, byRows: true);
        return new(usual * part.Blocks, routed * part.Blocks);
    }

    /// <summary>
    /// Sums of width r that tensor-parallel ranks add up in one micro-batch: beside rows the products of k × r, in each forward pass;
    /// beside columns their gradients, once.
    /// </summary>
    /// <param name="targets">The places.</param>
    /// <param name="part">The rank's part.</param>
    /// <param name="forwards">Forward passes, those that run again included.</param>
    public double Exchanges(AdapterTargets targets, in ModelPart part, double forwards)
    {
        var halves = HalvesOf(targets);
        return part.Blocks * (halves.Columns.All.Matrices + forwards * halves.Rows.All.Matrices);
    }

    private Halves HalvesOf(AdapterTargets targets) => _last is { } last && last.Targets == targets ? last
        : _last = new(targets, Sum(targets & ~LeadBack), Sum(targets & LeadBack));

    private AdapterPart Sum(AdapterTargets targets)
    {
        var sum = default(AdapterPart);
        for (var index = 0; index < _sums.Length; index++)
            if (targets.HasFlag((AdapterTargets)(1 << index)))
                sum = new(sum.Usual + _sums[index].Usual, sum.Routed + _sums[index].Routed);
        return sum;
    }

    private static AdapterSum Usual(Block block, double width, AdapterTargets target, int count)
    {
        AdapterSum Into(double inner) => AdapterSum.Of(width, inner, count, count).Turned(target == AdapterTargets.Down);
        return target switch
        {
            AdapterTargets.Query or AdapterTargets.Key or AdapterTargets.Value or AdapterTargets.Output =>
                block.Mixer is SelfAttention attention ? Beside(attention, width, target, count) : default,
            AdapterTargets.Gate when block.FeedForward is not { Kind: FfnKind.Swiglu } => default,
            _ when block.FeedForward is DenseFeedForward dense => Into(dense.Width),
            _ when block.FeedForward is Experts { SharedWidth: > 0 } experts => Into(experts.SharedWidth),
            _ => default,
        };
    }

    /// <summary>Beside a matrix of every expert, of which a token passes a few.</summary>
    private static AdapterSum Routed(Block block, double width, AdapterTargets target, int count) =>
        block.FeedForward is Experts experts
            && (AdapterTargets.FeedForward.HasFlag(target) && (target != AdapterTargets.Gate || experts.Kind == FfnKind.Swiglu))
            ? AdapterSum.Of(width, experts.Width, (double)count * experts.PerToken, (double)count * experts.Count)
                .Turned(target == AdapterTargets.Down)
            : default;

    private static AdapterSum Beside(SelfAttention attention, double width, AdapterTargets target, int count)
    {
        double input = attention.InputWidth ?? width, query = (double)attention.Heads * attention.HeadDim;
        double keyValue = attention.SharesKeysAndValues ? 0 : (double)attention.KvHeads * attention.HeadDim;
        return target switch
        {
            AdapterTargets.Query => AdapterSum.Of(input, attention.OutputGate ? 2 * query : query, count, count),
            AdapterTargets.Output => AdapterSum.Of(query, width, count, count),
            _ => keyValue > 0 ? AdapterSum.Of(input, keyValue, count, count) : default,
        };
    }

    /// <summary>
    /// Sums of some places by how tensor-parallel ranks divide their matrices; kept whole, so that several threads may ask.
    /// </summary>
    private sealed record Halves(AdapterTargets Targets, AdapterPart Columns, AdapterPart Rows);
}
