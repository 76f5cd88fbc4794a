using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Communication;

/// <summary>How the groups of one axis lie on the nodes.</summary>
/// <param name="Ranks">Ranks of a group, n.</param>
/// <param name="Nodes">Nodes that a group spans, whole ones.</param>
/// <param name="Sharing">Groups of the axis that use a node's network at once.</param>
internal readonly record struct GroupPlacement(int Ranks, int Nodes, int Sharing)
{
    /// <summary>Nodes from that of a group's first rank to that of its last: how far up the network its messages go.</summary>
    public int Span { get; init; } = Nodes;

    /// <summary>Ranks of a group on one node.</summary>
    public int RanksPerNode => Nodes == 1 ? Ranks : (Ranks + Nodes - 1) / Nodes;

    /// <summary>
    /// The groups of an axis. Tensor-parallel ranks are neighbours, then come those that share a sequence, the shards, the replicas, and
    /// last the stages: what talks most is nearest (Megatron-LM's order <c>tp-cp-dp-pp</c>).
    /// </summary>
    public static GroupPlacement Of(MeshAxis axis, in Layout layout)
    {
        var mesh = layout.Mesh;
        var shards = mesh.Shards * mesh.Context;
        var (ranks, stride) = axis switch
        {
            MeshAxis.Shards => (shards, mesh.Tensor),
            MeshAxis.Replicas => (mesh.Replicas, mesh.Tensor * shards),
            MeshAxis.Tensor => (mesh.Tensor, 1),
            MeshAxis.Context => (mesh.Context, mesh.Tensor),
            MeshAxis.Expert => (mesh.Expert, mesh.Tensor),
            MeshAxis.ExpertCopies => (mesh.GradientRanks / mesh.Expert, mesh.Tensor * mesh.Expert),
            MeshAxis.ExpertShards => (mesh.ExpertShards, mesh.Tensor * mesh.Expert),
            MeshAxis.ExpertReplicas => (mesh.ExpertReplicas, mesh.Tensor * mesh.Expert * mesh.ExpertShards),
            MeshAxis.Neighbours or MeshAxis.Ends => (mesh.Pipeline > 1 ? 2 : 1, layout.Gpus / mesh.Pipeline),
            _ => (mesh.GradientRanks, mesh.Tensor),
        };
        if (layout.Gpus <= layout.GpusPerNode)
            return new(ranks, 1, 1);
        var perNode = layout.GpusPerNode;
        var span = axis == MeshAxis.Ends ? layout.Nodes : Math.Min(layout.Nodes, (ranks * stride + perNode - 1) / perNode);
        if (axis is MeshAxis.Neighbours or MeshAxis.Ends)
            return new(ranks, ranks, Math.Min(perNode, stride)) { Span = span };
        var here = Math.Clamp(perNode / stride, 1, ranks);
        var nodes = (ranks + here - 1) / here;
        return new(ranks, nodes, nodes > 1 ? Math.Max(1, perNode / here) : 1) { Span = span };
    }
}
