using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>
/// The ways to share a model among ranks that a search tries without being asked: tensor parallelism inside a machine, always with
/// sequence parallelism, since that costs the same bytes and less memory; a pipeline over machines, or inside one whose devices lack a link
/// of their own; context parallelism for long sequences; the experts of a mixture inside a machine, then with full sharding inside machines
/// too. Simplest first.
/// </summary>
internal static class SplitLayouts
{
    /// <summary>Sequences from which sharing them is tried, in tokens.</summary>
    public const int LongSequence = 16_384;

    private static readonly SchemeName[] DataSchemes = [SchemeName.Ddp, SchemeName.Zero1, SchemeName.FsdpFull],
        ExpertSchemes = [.. DataSchemes, SchemeName.Hsdp];

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
        return from scheme in Schemes(perNode, stages, seqLen, shape.HasExperts)
               where ModelDivision.Allows(shape, scheme) && scheme.Divides(gpus, perNode)
                   && (scheme.Name == SchemeName.Ddp || gpus > scheme.Tensor * scheme.Pipeline * scheme.Context)
                   && (scheme.Name != SchemeName.Hsdp || nodes > 1)
               select scheme.On(gpus, perNode) with { BalancedStages = balancesStages };
    }

    private static IEnumerable<Scheme> Schemes(int perNode, int mostStages, int seqLen, bool hasExperts) =>
        from tensor in Powers(perNode)
        from context in Powers(seqLen >= LongSequence ? perNode / tensor : 1)
        from expert in Powers(hasExperts ? perNode / tensor : 1)
        from pipeline in Powers(mostStages)
        from chunks in pipeline > 1 ? (int[])[1, 2] : [1]
        from name in expert > 1 ? ExpertSchemes : DataSchemes
        where tensor * context * pipeline * expert > 1 && (name is SchemeName.Ddp or SchemeName.Zero1 || pipeline == 1)
        select new Scheme(name, 0, tensor, pipeline, context, expert, tensor > 1, chunks);

    private static IEnumerable<int> Powers(int most)
    {
        for (var power = 1; power <= most; power *= 2)
            yield return power;
    }
}
