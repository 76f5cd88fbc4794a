using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>
/// The ways to share a model among ranks that a search tries without being asked: tensor parallelism inside a machine, always with
/// sequence parallelism, since that costs the same bytes and less memory; a pipeline over machines, or inside one whose devices lack a link
/// of their own; context parallelism for long sequences. Simplest first.
/// </summary>
internal static class SplitLayouts
{
    /// <summary>Sequences from which sharing them is tried, in tokens.</summary>
    public const int LongSequence = 16_384;

    private static readonly SchemeName[] DataSchemes = [SchemeName.Ddp, SchemeName.Zero1, SchemeName.FsdpFull];

    /// <summary>The layouts on a cluster.</summary>
    /// <param name="shape">The model.</param>
    /// <param name="platform">The hardware.</param>
    /// <param name="nodes">Machines, ≥ 1.</param>
    /// <param name="seqLen">Tokens of a sequence.</param>
    /// <param name="balancesStages">Whether the stack counts the head among the blocks.</param>
    public static IEnumerable<Layout> Of(TransformerShape shape, Platform platform, int nodes, int seqLen, bool balancesStages = false)
    {
        var (perNode, gpus) = (platform.GpusPerNode, platform.GpusPerNode * nodes);
        var stages = nodes > 1 ? nodes : platform.Device.HasModuleLink() ? 1 : perNode;
        return from scheme in Schemes(perNode, stages, seqLen)
               where ModelDivision.Allows(shape, scheme) && CanLieOn(scheme, gpus)
                   && (scheme.Name == SchemeName.Ddp || gpus > scheme.Tensor * scheme.Pipeline * scheme.Context)
               select scheme.On(gpus, perNode) with { BalancedStages = balancesStages };
    }

    /// <summary>True when the axes and the group divide so many devices.</summary>
    public static bool CanLieOn(Scheme scheme, int gpus)
    {
        var model = scheme.Tensor * scheme.Pipeline * scheme.Context;
        return gpus % model == 0 && gpus / model % Math.Max(1, scheme.Group) == 0 && gpus / model % scheme.Expert == 0;
    }

    private static IEnumerable<Scheme> Schemes(int perNode, int mostStages, int seqLen) =>
        from tensor in Powers(perNode)
        from context in Powers(seqLen >= LongSequence ? perNode / tensor : 1)
        from pipeline in Powers(mostStages)
        from chunks in pipeline > 1 ? (int[])[1, 2] : [1]
        from name in DataSchemes
        where tensor * context * pipeline > 1 && (name != SchemeName.FsdpFull || pipeline == 1)
        select new Scheme(name, 0, tensor, pipeline, context, 1, tensor > 1, chunks);

    private static IEnumerable<int> Powers(int most)
    {
        for (var power = 1; power <= most; power *= 2)
            yield return power;
    }
}
