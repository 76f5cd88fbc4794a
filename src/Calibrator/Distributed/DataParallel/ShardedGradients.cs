using SlmPlanner.Calibrator.Distributed.Collectives;
using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Distributed.DataParallel;

/// <summary>
/// This rank's shards of the averaged gradients, in fp32. A unit's gradients are reduce-scattered when they are complete; one
/// such operation runs beside the next block's backward pass. Across replicas of the shards, sums are all-reduced once per step.
/// </summary>
/// <param name="layouts">All units.</param>
/// <param name="shards">The ranks that share one copy.</param>
/// <param name="replicas">The ranks that hold the same shard; one where nothing is replicated.</param>
internal sealed class ShardedGradients(IReadOnlyList<UnitLayout> layouts, ICollectives shards, ICollectives replicas) : IDisposable
{
    private readonly Tensor?[] _sums = new Tensor?[layouts.Count];
    private Transfer? _running;
    private bool _replicated;

    /// <summary>Takes the gradients out of the leaves and starts their reduction; earlier micro-batches' are added to.</summary>
    public void Reduce(int unit, IReadOnlyList<Tensor> leaves)
    {
        Settle();
        var whole = Take(unit, leaves);
        var part = empty(layouts[unit].ShardCount, dtype: ScalarType.Float32, device: whole.device).DetachFromDisposeScope();
        _running = new(unit, whole, part, shards.Start(Collective.ReduceScatter(whole.Buffer(), part.Buffer())));
    }

    /// <summary>Lets a reduction under way make progress.</summary>
    public void Poll() => _running?.Pending.Poll();

    /// <summary>The shards in unit order, complete: waits for what is under way.</summary>
    public IReadOnlyList<Tensor> Complete()
    {
        Settle();
        if (replicas.Size > 1 && !_replicated)
        {
            foreach (var sum in _sums)
                replicas.Run(Collective.AllReduce(sum!.Buffer()));
        }
        _replicated = true;
        return _sums!;
    }

    /// <summary>Square root of the sum of squares over all shards.</summary>
    public double Norm()
    {
        using var scope = NewDisposeScope();
        var mine = Complete().Sum(sum => sum.square().sum().ToDouble());
        return Math.Sqrt(shards.Sum(mine, _sums[0]!.device));
    }

    /// <summary>A unit's gradients, joined and flat; owned by the caller.</summary>
    public Tensor Join(int unit)
    {
        var shard = Complete()[unit];
        var whole = empty(layouts[unit].Count, dtype: ScalarType.Float32, device: shard.device).DetachFromDisposeScope();
        shards.Run(Collective.AllGather(shard.Buffer(), whole.Buffer()));
        return whole;
    }

    /// <summary>Frees the shards after an update.</summary>
    public void Clear()
    {
        Settle();
        for (var i = 0; i < _sums.Length; i++)
        {
            _sums[i]?.Dispose();
            _sums[i] = null;
        }
        _replicated = false;
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();

    private Tensor Take(int unit, IReadOnlyList<Tensor> leaves)
    {
        using var scope = NewDisposeScope();
        var whole = layouts[unit].Flatten([.. leaves.Select(leaf => leaf.grad!)]);
        foreach (var leaf in leaves)
            leaf.grad = null;
        return whole;
    }

    private void Settle()
    {
        if (_running is not { } transfer)
            return;
        _running = null;
        transfer.Pending.Wait();
        transfer.Whole.Dispose();
        using var without = no_grad();
        if (_sums[transfer.Unit] is { } sum)
        {
            sum.add_(transfer.Part);
            transfer.Part.Dispose();
        }
        else
        {
            _sums[transfer.Unit] = transfer.Part;
        }
    }

    private sealed record Transfer(int Unit, Tensor Whole, Tensor Part, IPending Pending);
}
