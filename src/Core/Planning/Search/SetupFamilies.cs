using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>The setups of a cluster apart from micro-batch and accumulation, simplest first: that order breaks ties.</summary>
internal static class SetupFamilies
{
    private static readonly Recomputation[] Recomputations =
        [Recomputation.None, Recomputation.Attention, Recomputation.Selective, Recomputation.Full];

    /// <summary>Every family that the request allows and that makes sense on the cluster.</summary>
    /// <param name="request">The request, defaults filled in.</param>
    /// <param name="platform">The hardware.</param>
    /// <param name="nodes">Machines, ≥ 1.</param>
    /// <param name="compile">Whether the software stack compiles the model.</param>
    /// <param name="zero1InNode">Whether its ZeRO-1 divides optimizer states inside a node.</param>
    /// <param name="balancesStages">Whether it counts the head among the blocks of a pipeline.</param>
    public static IReadOnlyList<TrainingSetup> Of(
        PlanRequest request, Platform platform, int nodes, bool compile, bool zero1InNode = false, bool balancesStages = false) =>
        Of(request, platform, compile, [.. Layouts(request, platform.GpusPerNode, nodes, zero1InNode, balancesStages)]);

    /// <summary>The families of some layouts.</summary>
    public static IReadOnlyList<TrainingSetup> Of(PlanRequest request, Platform platform, bool compile, IReadOnlyList<Layout> layouts) =>
        [.. from precision in Precisions(request, platform.Device)
            from attention in Attentions(request, platform.Device)
            from layout in layouts
            from recomputation in Recomputations
            where recomputation != Recomputation.Attention || attention == AttentionKind.Vanilla
            from loss in Losses(request, layout)
            from offload in Offloads(request, platform.Device, recomputation)
            select new TrainingSetup(
                SeqLen: request.SeqLen!.Value,
                MicroBatch: 1,
                GradAccum: 1,
                layout,
                precision,
                attention,
                recomputation,
                compile)
            {
                Optimizer = new(request.Optimizer ?? default),
                Tuning = request.Tuning ?? default,
                Loss = loss,
                Offload = offload,
                EvalBatch = request.EvalBatch ?? 0,
                ExpertImbalance = request.ExpertImbalance ?? 0,
                EmptyShare = request.Samples?.EmptyShare ?? 0,
            }];

    private static IEnumerable<Precision> Precisions(PlanRequest request, Accelerator device) =>
        request.Precisions.Count > 0
            ? request.Precisions.Where(device.Computes).Distinct().Order()
            : [device.DefaultPrecision()];

    /// <summary>
    /// What is asked for; else the fused kernel where there is one. A calibrated machine measured both, so the faster is found.
    /// </summary>
    private static IEnumerable<AttentionKind> Attentions(PlanRequest request, Accelerator device)
    {
        if (request.Attentions.Count > 0)
            return request.Attentions.Where(kind => kind != AttentionKind.Flash || device.HasFlashAttention()).Distinct().Order();
        if (!device.HasFlashAttention())
            return [AttentionKind.Vanilla];
        return device.Evidence == Evidence.Calibrated ? [AttentionKind.Vanilla, AttentionKind.Flash] : [AttentionKind.Flash];
    }

    /// <summary>Forms of the loss; where ranks share the head, the stack's own alone.</summary>
    private static IEnumerable<LossChunking> Losses(PlanRequest request, Layout layout) => request.Losses is not { Count: > 0 } forms
        ? [default]
        : forms.Distinct().Order().Where(form => form == LossForm.Whole || layout.Mesh.Tensor == 1)
            .Select(form => new LossChunking(form, form == LossForm.Chunked ? request.LossChunks ?? LossChunking.UsualChunks : 0));

    /// <summary>
    /// What waits in the host's memory: inputs of blocks can where blocks are computed again and the device has a slot to a host.
    /// </summary>
    private static IEnumerable<Offload> Offloads(PlanRequest request, Accelerator device, Recomputation recomputation) =>
        request.Offloads is not { Count: > 0 } kinds
            ? [Offload.None]
            : kinds.Distinct().Order().Where(kind => kind == Offload.None
                || (recomputation == Recomputation.Full && device.SlotGbS() is not null));

    /// <summary>
    /// Sharding needs ranks to share with, and hybrid sharding without a stated group several devices of a node. On one node that is full
    /// sharding, which is tried once.
    /// </summary>
    private static IEnumerable<Layout> Layouts(PlanRequest request, int gpusPerNode, int nodes, bool zero1InNode, bool balancesStages)
    {
        var gpus = gpusPerNode * nodes;
        var asked = request.Parallelisms.Count > 0
            ? request.Parallelisms.Distinct().OrderBy(scheme => scheme.Name).ThenBy(scheme => scheme.Group)
                .Where(scheme => request.Model is not { } model || ModelDivision.Allows(model, scheme))
            : Scheme.All.AsEnumerable();
        return asked.Where(scheme => scheme.Name switch
        {
            SchemeName.Ddp => true,
            SchemeName.Hsdp when scheme.Group == 0 => gpusPerNode > 1,
            _ => gpus > 1,
        })
            .Where(scheme => scheme.Divides(gpus, gpusPerNode))
            .Select(scheme =>
                (zero1InNode && scheme == Scheme.Zero1 ? Scheme.Zero1InNode(gpus, gpusPerNode) : scheme).On(gpus, gpusPerNode))
            .Distinct()
            .Select(layout => layout.Mesh.Pipeline > 1 ? layout with { BalancedStages = balancesStages } : layout);
    }
}
