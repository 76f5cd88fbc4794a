using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Models;

/// <summary>
/// What adapters beside some matrices depend on, summed over all blocks. An adapter of rank r beside a matrix of k inputs and n outputs is
/// a matrix of k × r and one of r × n (Hu et al. 2021, section 4.1).
/// </summary>
/// <param name="Inputs">Σ k over the matrices that a token passes.</param>
/// <param name="Outputs">Σ n over the same.</param>
/// <param name="Sides">Σ k + n over all matrices, those of experts that a token passes by too: parameters for each rank.</param>
/// <param name="Matrices">Matrices that a token passes.</param>
internal readonly record struct AdapterSum(double Inputs, double Outputs, double Sides, double Matrices)
{
    public static AdapterSum operator +(AdapterSum left, AdapterSum right) => new(
        left.Inputs + right.Inputs, left.Outputs + right.Outputs, left.Sides + right.Sides, left.Matrices + right.Matrices);
}

/// <summary>The places of a model where adapters can stand, one sum for each name; worked out once for a model.</summary>
internal sealed class AdapterSites
{
    private readonly AdapterSum[] _sums;

    private AdapterSites(AdapterSum[] sums) => _sums = sums;

    /// <summary>Sums a shape's blocks.</summary>
    public static AdapterSites Of(TransformerShape shape) => new(
        [.. AdapterTargetsText.Names.Select(entry => shape.Blocks.Kinds.Aggregate(
            default(AdapterSum), (sum, kind) => sum + Of(kind.Block, shape.DModel, entry.Target, kind.Count)))]);

    /// <summary>
    /// True of models whose attention has the matrices that targets name: latent attention and recurrences have others, which are not counted.
    /// </summary>
    public static bool Know(TransformerShape shape) =>
        shape.Blocks.Kinds.All(kind => kind.Block is { Beside: null, RepeatsWeights: false, Mixer: SelfAttention or null });

    /// <summary>The sum of some places.</summary>
    public AdapterSum Of(AdapterTargets targets)
    {
        var sum = default(AdapterSum);
        for (var index = 0; index < _sums.Length; index++)
            if (targets.HasFlag((AdapterTargets)(1 << index)))
                sum += _sums[index];
        return sum;
    }

    private static AdapterSum Of(Block block, double width, AdapterTargets target, int count) => target switch
    {
        AdapterTargets.Query or AdapterTargets.Key or AdapterTargets.Value or AdapterTargets.Output =>
            block.Mixer is SelfAttention attention ? Beside(attention, width, target, count) : default,
        AdapterTargets.Gate => block.FeedForward is { Kind: FfnKind.Swiglu } gated ? Into(gated, width, count) : default,
        _ => block.FeedForward is { } network ? Into(network, width, count).Turned(target == AdapterTargets.Down) : default,
    };

    private static AdapterSum Beside(SelfAttention attention, double width, AdapterTargets target, int count)
    {
        double input = attention.InputWidth ?? width, query = (double)attention.Heads * attention.HeadDim;
        double keyValue = attention.SharesKeysAndValues ? 0 : (double)attention.KvHeads * attention.HeadDim;
        return target switch
        {
            AdapterTargets.Query => One(input, attention.OutputGate ? 2 * query : query, count),
            AdapterTargets.Output => One(query, width, count),
            _ => keyValue > 0 ? One(input, keyValue, count) : default,
        };
    }

    /// <summary>Beside a matrix into the feed-forward: of every expert one, of which a token passes a few.</summary>
    private static AdapterSum Into(FeedForward network, double width, int count) => network switch
    {
        DenseFeedForward dense => One(width, dense.Width, count),
        Experts experts => One(width, experts.Width, (double)count * experts.PerToken)
            with { Sides = (double)count * experts.Count * (width + experts.Width) }
            + (experts.SharedWidth > 0 ? One(width, experts.SharedWidth, count) : default),
        _ => default,
    };

    private static AdapterSum One(double inputs, double outputs, double count) =>
        new(count * inputs, count * outputs, count * (inputs + outputs), count);
}

/// <summary>Sums of matrices that lead back.</summary>
internal static class AdapterSums
{
    /// <summary>With inputs and outputs exchanged, where so wished.</summary>
    public static AdapterSum Turned(this AdapterSum sum, bool isTurned) =>
        isTurned ? sum with { Inputs = sum.Outputs, Outputs = sum.Inputs } : sum;
}
