using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Communication;

/// <summary>How the groups of one axis lie on the nodes.</summary>
/// <param name="Ranks">Ranks of a group, n.</param>
/// <param name="Nodes">Nodes that a group spans, whole ones.</param>
/// <param name="Sharing">Groups of the axis that use a node's network at once.</param>
internal readonly record struct GroupPlacement(int Ranks, int Nodes, int Sharing)
{
    /// <summary>Ranks of a group on one node.</summary>
    public int RanksPerNode => Nodes == 1 ? Ranks : (Ranks + Nodes - 1) / Nodes;

    /// <summary>The groups of an axis: shards are neighbours, replicas lie a group of shards apart.</summary>
    public static GroupPlacement Of(MeshAxis axis, in Layout layout)
    {
        if (layout.Gpus <= layout.GpusPerNode)
            return new(axis switch { MeshAxis.Shards => layout.Mesh.Shards, MeshAxis.Replicas => layout.Mesh.Replicas, _ => layout.Mesh.DataRanks }, 1, 1);
        int perNode = Math.Min(layout.GpusPerNode, layout.Gpus), shards = layout.Mesh.Shards;
        var (ranks, here) = axis switch
        {
            MeshAxis.Shards => (shards, Math.Min(shards, perNode)),
            MeshAxis.Replicas => (layout.Mesh.Replicas, Math.Clamp(perNode / shards, 1, layout.Mesh.Replicas)),
            _ => (layout.Mesh.DataRanks, Math.Min(layout.Mesh.DataRanks, perNode)),
        };
        var nodes = (ranks + here - 1) / here;
        return new(ranks, nodes, nodes > 1 ? Math.Max(1, perNode / here) : 1);
    }
}
