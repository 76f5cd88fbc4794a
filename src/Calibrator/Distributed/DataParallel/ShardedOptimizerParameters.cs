using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Distributed.Collectives;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Distributed.DataParallel;

/// <summary>
/// ZeRO stages 1 and 2 (Rajbhandari et al. 2020): parameters replicated, each rank updates its shard with its shard of the
/// moments, and shards are gathered again. Stage 1 keeps whole gradients until the step's last micro-batch, stage 2 scatters
/// them in every micro-batch.
/// </summary>
internal sealed class ShardedOptimizerParameters : IParameterStore, IUnitState
{
    private readonly ICollectives _group;
    private readonly bool _everyMicroBatch;
    private readonly IReadOnlyList<UnitLayout> _layouts;
    private readonly List<Tensor> _flats;
    private readonly List<Tensor> _shards;
    private readonly List<IReadOnlyList<Tensor>> _leaves;
    private readonly ShardedGradients _gradients;
    private readonly AdamW _optimizer;

    /// <summary>Draws the initial values and allocates the moments of this rank's shards.</summary>
    /// <param name="decoder">The model.</param>
    /// <param name="seed">Seed of the initial values.</param>
    /// <param name="device">Where everything lives.</param>
    /// <param name="settings">AdamW's constants.</param>
    /// <param name="group">All ranks.</param>
    /// <param name="everyMicroBatch">True for stage 2.</param>
    public ShardedOptimizerParameters(Decoder decoder, int seed, Device device, AdamWSettings settings, ICollectives group,
        bool everyMicroBatch)
    {
        (_group, _everyMicroBatch) = (group, everyMicroBatch);
        _layouts = UnitLayout.Of(decoder, group.Size);
        _flats = [.. InitialUnits.Draw(decoder, _layouts, seed, device, group)];
        _shards = [.. _flats.Zip(_layouts, (flat, layout) => flat.narrow(0, group.Rank * layout.ShardCount, layout.ShardCount)
            .DetachFromDisposeScope())];
        _leaves = [.. _flats.Zip(_layouts, (flat, layout) => (IReadOnlyList<Tensor>)layout.Leaves(flat))];
        _gradients = new ShardedGradients(_layouts, group, new SoloCollectives());
        _optimizer = new AdamW(_shards, settings);
    }

    /// <inheritdoc/>
    public int Ranks => _group.Size;

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Acquire(int unit)
    {
        _gradients.Poll();
        return _leaves[unit];
    }

    /// <inheritdoc/>
    public void Release(int unit)
    {
    }

    /// <inheritdoc/>
    public void GradientsReady(int unit, bool lastMicroBatch)
    {
        if (_everyMicroBatch || lastMicroBatch)
            _gradients.Reduce(unit, _leaves[unit]);
    }

    /// <inheritdoc/>
    public void CompleteGradients() => _gradients.Complete();

    /// <inheritdoc/>
    public void Step()
    {
        _optimizer.Step(_gradients.Complete());
        _gradients.Clear();
        var gathers = _shards.Zip(_flats, (shard, flat) => _group.Start(Collective.AllGather(shard.Buffer(), flat.Buffer()))).ToList();
        gathers.ForEach(gather => gather.Wait());
    }

    /// <inheritdoc/>
    public double GradientNorm() => _gradients.Norm();

    /// <inheritdoc/>
    public float[] Parameters(int unit) => _layouts[unit].Values(_flats[unit]);

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
        foreach (var tensor in _leaves.SelectMany(unit => unit).Concat(_shards).Concat(_flats))
            tensor.Dispose();
    }
}
