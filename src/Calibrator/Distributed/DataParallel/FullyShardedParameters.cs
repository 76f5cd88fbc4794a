using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Core;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Measurements.Bursts;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Distributed.DataParallel;

/// <summary>
/// Full sharding (ZeRO stage 3; FSDP, Zhao et al. 2023): parameters, gradients and moments in shards. A block is gathered
/// before its forward pass, freed after it, gathered again for its backward pass, and its gradients are reduce-scattered. The
/// root unit stays gathered during a micro-batch. With replicas, shards lie inside a host and are all-reduced across (hybrid).
/// Blocks are gathered in the format they are computed in, the root in fp32; gradients are reduced in fp32.
/// </summary>
internal sealed class FullyShardedParameters : IParameterStore, IUnitState
{
    private const int Root = 0;
    private readonly ICollectives _group;
    private readonly ICollectives _replicas;
    private readonly bool _graphOutlivesForward;
    private readonly IReadOnlyList<UnitLayout> _layouts;
    private readonly List<Tensor> _shards;
    private readonly GatheredUnit[] _gathered;
    private readonly ShardedGradients _gradients;
    private readonly AdamW _optimizer;

    /// <summary>Draws the initial values unit by unit and keeps this rank's shards.</summary>
    /// <param name="decoder">The model.</param>
    /// <param name="spec">Seed, precision and recomputation.</param>
    /// <param name="device">Where everything lives.</param>
    /// <param name="settings">AdamW's constants.</param>
    /// <param name="shards">The ranks that share one copy.</param>
    /// <param name="replicas">The ranks that hold the same shard.</param>
    /// <exception cref="InputException">No recomputation, and this libtorch can't free what autograd holds.</exception>
    public FullyShardedParameters(Decoder decoder, BurstSpec spec, Device device, AdamWSettings settings, ICollectives shards,
        ICollectives replicas)
    {
        _group = shards;
        _graphOutlivesForward = spec.Recomputation != Recomputation.Full;
        if (_graphOutlivesForward && !StorageResize.Works(device))
            throw new InputException("recomputation is none; full sharding needs recomputation full with this libtorch and device");
        _layouts = UnitLayout.Of(decoder, shards.Size);
        _replicas = replicas;
        _shards = [.. InitialUnits.Draw(decoder, _layouts, spec.Seed, device, shards).Zip(_layouts, Shard)];
        _gathered = [.. _layouts.Select((layout, unit) =>
            new GatheredUnit(layout, _shards[unit], unit == Root ? ScalarType.Float32 : decoder.ComputeType))];
        _gradients = new ShardedGradients(_layouts, shards, replicas);
        _optimizer = new AdamW(_shards, settings);
    }

    /// <inheritdoc/>
    public int Ranks => _group.Size * _replicas.Size;

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Acquire(int unit)
    {
        _gradients.Poll();
        return _gathered[unit].Gather(_group);
    }

    /// <summary>Frees the memory; the leaves stay as long as the graph of a forward pass holds them.</summary>
    public void Release(int unit)
    {
        if (_graphOutlivesForward && !_gathered[unit].Done)
            _gathered[unit].Empty();
        else
            _gathered[unit].Drop();
    }

    /// <inheritdoc/>
    public void GradientsReady(int unit, bool lastMicroBatch)
    {
        _gradients.Reduce(unit, _gathered[unit].Leaves);
        _gathered[unit].Done = true;
    }

    /// <inheritdoc/>
    public void CompleteGradients() => _gradients.Complete();

    /// <inheritdoc/>
    public void Step()
    {
        _optimizer.Step(_gradients.Complete());
        _gradients.Clear();
    }

    /// <inheritdoc/>
    public double GradientNorm() => _gradients.Norm();

    /// <inheritdoc/>
    public float[] Parameters(int unit)
    {
        using var whole = empty(_layouts[unit].Count, dtype: ScalarType.Float32, device: _shards[unit].device);
        _group.Run(Collective.AllGather(_shards[unit].Buffer(), whole.Buffer()));
        return _layouts[unit].Values(whole);
    }

    /// <inheritdoc/>
    public float[] Gradients(int unit)
    {
        using var whole = _gradients.Join(unit);
        return _layouts[unit].Values(whole);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimizer.Dispose();
        _gradients.Dispose();
        foreach (var unit in _gathered)
            unit.Drop();
        _shards.ForEach(shard => shard.Dispose());
    }

    private Tensor Shard(Tensor flat, UnitLayout layout)
    {
        using var whole = flat;
        using var part = whole.narrow(0, _group.Rank * layout.ShardCount, layout.ShardCount);
        var shard = part.clone().DetachFromDisposeScope();
        _replicas.Run(Collective.Broadcast(shard.Buffer(), 0));
        return shard;
    }
}
