using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Distributed.Collectives;
using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Distributed.DataParallel;

/// <summary>
/// DDP (Li et al. 2020): everything replicated, gradients averaged by all-reduces of buckets that start during the backward
/// pass, and only in a step's last micro-batch.
/// </summary>
internal sealed class ReplicatedParameters : IParameterStore, IUnitState
{
    /// <summary>PyTorch's default bucket, 25 MiB.</summary>
    public const long DefaultBucketBytes = 25L << 20;

    private readonly ICollectives _group;
    private readonly IReadOnlyList<UnitLayout> _layouts;
    private readonly List<Tensor> _flats;
    private readonly List<IReadOnlyList<Tensor>> _leaves;
    private readonly List<GradientBucket> _buckets;
    private readonly AdamW _optimizer;

    /// <summary>Draws the initial values and allocates gradients and moments.</summary>
    /// <param name="decoder">The model.</param>
    /// <param name="seed">Seed of the initial values.</param>
    /// <param name="device">Where everything lives.</param>
    /// <param name="settings">AdamW's constants.</param>
    /// <param name="group">All ranks.</param>
    /// <param name="bucketBytes">A bucket is full once it has this many bytes, whole units only.</param>
    public ReplicatedParameters(Decoder decoder, int seed, Device device, AdamWSettings settings, ICollectives group, long bucketBytes)
    {
        _group = group;
        _layouts = UnitLayout.Of(decoder, shards: 1);
        _flats = [.. InitialUnits.Draw(decoder, _layouts, seed, device, group)];
        _leaves = [.. _flats.Zip(_layouts, (flat, layout) => (IReadOnlyList<Tensor>)layout.Leaves(flat))];
        _buckets = [.. Fill(bucketBytes).Select(units => new GradientBucket(units, _layouts, _leaves))];
        _optimizer = new AdamW([.. InArrivalOrder.Select(unit => _flats[unit])], settings);
    }

    private IEnumerable<int> InArrivalOrder => Enumerable.Range(0, _layouts.Count).Reverse();

    /// <inheritdoc/>
    public int Ranks => _group.Size;

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Acquire(int unit) => _leaves[unit];

    /// <inheritdoc/>
    public void Release(int unit)
    {
    }

    /// <inheritdoc/>
    public void GradientsReady(int unit, bool lastMicroBatch)
    {
        if (!lastMicroBatch)
            return;
        foreach (var bucket in _buckets)
        {
            bucket.Poll();
            bucket.Ready(unit, _group);
        }
    }

    /// <inheritdoc/>
    public void CompleteGradients() => _buckets.ForEach(bucket => bucket.Wait());

    /// <inheritdoc/>
    public void Step()
    {
        using var scope = NewDisposeScope();
        _optimizer.Step([.. InArrivalOrder.Select(Gradient)]);
        _buckets.ForEach(bucket => bucket.Clear());
    }

    /// <inheritdoc/>
    public double GradientNorm()
    {
        using var scope = NewDisposeScope();
        return Math.Sqrt(_buckets.Sum(bucket => bucket.Flat.square().sum().ToDouble()));
    }

    /// <inheritdoc/>
    public float[] Parameters(int unit) => _layouts[unit].Values(_flats[unit]);

    /// <inheritdoc/>
    public float[] Gradients(int unit)
    {
        using var gradient = Gradient(unit);
        return _layouts[unit].Values(gradient);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimizer.Dispose();
        foreach (var leaf in _leaves.SelectMany(unit => unit))
            leaf.Dispose();
        _buckets.ForEach(bucket => bucket.Dispose());
        _flats.ForEach(flat => flat.Dispose());
    }

    /// <summary>The unit's part of its bucket.</summary>
    private Tensor Gradient(int unit) => _buckets.First(bucket => bucket.Holds(unit)).Part(unit);

    /// <summary>Groups units, last first, until a bucket is full.</summary>
    private List<List<int>> Fill(long bucketBytes)
    {
        List<List<int>> buckets = [[]];
        long bytes = 0;
        foreach (var unit in InArrivalOrder)
        {
            if (bytes >= bucketBytes)
            {
                buckets.Add([]);
                bytes = 0;
            }
            buckets[^1].Add(unit);
            bytes += _layouts[unit].Count * sizeof(float);
        }
        return buckets;
    }
}
