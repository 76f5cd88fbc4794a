using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>The setups of a cluster apart from micro-batch and accumulation, simplest first: that order breaks ties.</summary>
public static class SetupFamilies
{
    private static readonly Recomputation[] Recomputations = [Recomputation.None, Recomputation.Selective, Recomputation.Full];

    /// <summary>Every family that the request allows and that makes sense on the cluster.</summary>
    /// <param name="request">The request, defaults filled in.</param>
    /// <param name="platform">The hardware.</param>
    /// <param name="nodes">Machines, ≥ 1.</param>
    /// <param name="compile">Whether the software stack compiles the model.</param>
    public static IReadOnlyList<TrainingSetup> Of(PlanRequest request, Platform platform, int nodes, bool compile) =>
        [.. from precision in Precisions(request, platform.Device)
            from attention in Attentions(request, platform.Device)
            from parallelism in Parallelisms(request, platform.GpusPerNode, nodes)
            from recomputation in Recomputations
            select new TrainingSetup(
                SeqLen: request.SeqLen!.Value,
                MicroBatch: 1,
                GradAccum: 1,
                Gpus: platform.GpusPerNode * nodes,
                GpusPerNode: platform.GpusPerNode,
                parallelism,
                precision,
                attention,
                recomputation,
                compile)];

    private static IEnumerable<Precision> Precisions(PlanRequest request, Accelerator device) =>
        request.Precisions.Count > 0
            ? request.Precisions.Where(device.Computes).Distinct().Order()
            : [device.DefaultPrecision()];

    /// <summary>What is asked for; else the fused kernel where there is one. A calibrated machine measured both, so the faster is found.</summary>
    private static IEnumerable<AttentionKind> Attentions(PlanRequest request, Accelerator device)
    {
        if (request.Attentions.Count > 0)
            return request.Attentions.Where(kind => kind != AttentionKind.Flash || device.HasFlashAttention()).Distinct().Order();
        if (!device.HasFlashAttention())
            return [AttentionKind.Vanilla];
        return device.Evidence == Evidence.Calibrated ? [AttentionKind.Vanilla, AttentionKind.Flash] : [AttentionKind.Flash];
    }

    /// <summary>Sharding needs ranks to share with, and hybrid sharding needs several nodes of several devices.</summary>
    private static IEnumerable<Parallelism> Parallelisms(PlanRequest request, int gpusPerNode, int nodes)
    {
        var asked = request.Parallelisms.Count > 0 ? request.Parallelisms.Distinct().Order() : Enum.GetValues<Parallelism>().AsEnumerable();
        return asked.Where(kind => kind switch
        {
            Parallelism.Ddp => true,
            Parallelism.Hsdp => nodes > 1 && gpusPerNode > 1,
            _ => nodes * gpusPerNode > 1,
        });
    }
}
