using SlmPlanner.Calibrator.Distributed.Collectives;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Distributed.DataParallel;

/// <summary>One unit of a fully sharded model while it is whole: absent, gathered, or emptied under a graph that still holds it.</summary>
/// <param name="layout">The unit's layout.</param>
/// <param name="shard">This rank's fp32 shard.</param>
/// <param name="type">The format that it is gathered in.</param>
internal sealed class GatheredUnit(UnitLayout layout, Tensor shard, ScalarType type)
{
    private Tensor? _flat;
    private List<Tensor> _leaves = [];
    private bool _empty;

    /// <summary>The parameters; none while absent.</summary>
    public IReadOnlyList<Tensor> Leaves => _leaves;

    /// <summary>True once its gradients of this micro-batch were taken, so that nothing needs its leaves any more.</summary>
    public bool Done { get; set; }

    /// <summary>The whole unit, gathered unless it is there.</summary>
    public IReadOnlyList<Tensor> Gather(ICollectives group)
    {
        if (_flat is null)
        {
            _flat = empty(layout.Count, dtype: type, device: shard.device).DetachFromDisposeScope();
            Fill(group);
            _leaves = layout.Leaves(_flat);
            Done = false;
        }
        else if (_empty)
        {
            StorageResize.Restore(_flat, layout.Count * _flat.element_size());
            Fill(group);
            _empty = false;
        }
        return _leaves;
    }

    /// <summary>Frees the memory and keeps the leaves.</summary>
    public void Empty()
    {
        StorageResize.Free(_flat!);
        _empty = true;
    }

    /// <summary>Forgets the unit.</summary>
    public void Drop()
    {
        _leaves.ForEach(leaf => leaf.Dispose());
        _leaves = [];
        _flat?.Dispose();
        _flat = null;
        _empty = false;
    }

    private void Fill(ICollectives group)
    {
        using var without = no_grad();
        using var narrow = type == shard.dtype ? null : shard.to(type);
        group.Run(Collective.AllGather((narrow ?? shard).Buffer(), _flat!.Buffer()));
    }
}
