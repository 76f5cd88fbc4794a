using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Calibrator.Distributed.DataParallel;
using SlmPlanner.Calibrator.Distributed.Launch;
using SlmPlanner.Data.Measurements.Bursts;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Distributed.Verification;

/// <summary>
/// Trains a small model for a few steps on several ranks and, on every rank, the same model alone on all ranks' tokens, and
/// compares loss, every gradient, the gradient norm and every parameter; then counts what one more step moves.
/// </summary>
internal sealed class StrategyCheck : IDisposable
{
    private const int Steps = 4;

    /// <summary>Small enough for two buckets of several units.</summary>
    private const long BucketBytes = 64 << 10;

    private readonly ICollectives _group;
    private readonly BurstSpec _spec;
    private readonly Decoder _decoder;
    private readonly Device _device;
    private readonly IParameterStore _parallel;
    private readonly ResidentParameters _alone;
    private readonly IReadOnlyList<UnitLayout> _layouts;
    private readonly Traffic _traffic = new();
    private readonly TokenStream[] _streams;
    private readonly TokenStream _mine;

    /// <summary>Draws both models.</summary>
    /// <param name="group">All ranks.</param>
    /// <param name="spec">What each rank trains.</param>
    /// <param name="device">Where.</param>
    /// <param name="shardRanks">Ranks of a shard group in hybrid sharding.</param>
    public StrategyCheck(ICollectives group, BurstSpec spec, Device device, int shardRanks)
    {
        (_group, _spec, _device) = (group, spec, device);
        _decoder = new Decoder(spec, device);
        _layouts = UnitLayout.Of(_decoder, shards: 1);
        _parallel = ParameterStores.Create(spec, _decoder, device, new CountedCollectives(group, _traffic), shardRanks, BucketBytes);
        _alone = new ResidentParameters(_decoder, spec.Seed, device, new AdamWSettings());
        _streams = [.. Enumerable.Range(0, group.Size).Select(rank => new TokenStream(spec.Vocab, spec.Seed + rank))];
        _mine = new TokenStream(spec.Vocab, spec.Seed + group.Rank);
    }

    /// <summary>Checks one configuration; every rank gets the same result.</summary>
    public static StrategyResult Run(RankGroup group, BurstSpec spec, Device device, int shardRanks)
    {
        using var check = new StrategyCheck(group.Device, spec, device, shardRanks);
        var mine = check.Difference();
        var worst = new StrategyDifference(
            group.Gather(mine.Loss).Max(), group.Gather(mine.Gradients).Max(), group.Gather(mine.GradientNorm).Max(),
            group.Gather(mine.Parameters).Max());
        var shards = spec.Parallelism == BurstParallelism.Hsdp ? shardRanks : group.Size;
        return new(spec, worst, check.CountStep(), StepTraffic.Of(spec, check._decoder, shards, group.Size / shards));
    }

    /// <summary>The differences on this rank.</summary>
    public StrategyDifference Difference()
    {
        var initial = AloneParameters();
        var worst = new StrategyDifference(0, 0, 0, 0);
        for (var step = 0; step < Steps; step++)
            worst = worst.Or(Step());
        var final = AloneParameters();
        var state = (IUnitState)_parallel;
        var reached = Enumerable.Range(0, _layouts.Count).SelectMany(state.Parameters).ToArray();
        return worst with { Parameters = Distance(reached, final) / Distance(initial, final) };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _parallel.Dispose();
        _alone.Dispose();
    }

    private StrategyDifference Step()
    {
        using var scope = NewDisposeScope();
        var loss = _group.Sum(Pass(_parallel, [_mine]) / _group.Size, _device);
        var lossAlone = Pass(_alone, _streams);
        var (norm, normAlone) = (_parallel.GradientNorm(), _alone.GradientNorm());
        var gradients = Enumerable.Range(0, _layouts.Count)
            .Select(unit => (Parallel: ((IUnitState)_parallel).Gradients(unit), Alone: AloneGradients(unit))).ToList();
        var largest = gradients.Max(unit => unit.Alone.Max(Math.Abs));
        var difference = gradients.Max(unit => unit.Parallel.Zip(unit.Alone, (left, right) => Math.Abs(left - right)).Max());
        _parallel.Step();
        _alone.Step();
        return new(Math.Abs((loss / lossAlone) - 1), difference / largest, Math.Abs((norm / normAlone) - 1), 0);
    }

    /// <summary>One step's micro-batches from each stream in turn; the mean loss.</summary>
    private double Pass(IParameterStore store, TokenStream[] streams)
    {
        using var scope = NewDisposeScope();
        var pass = new StagedPass(_decoder, store, _spec.Recomputation);
        var count = _spec.GradAccum * streams.Length;
        var loss = Enumerable.Range(0, count).Sum(i =>
        {
            var (tokens, targets) = streams[i % streams.Length].NextBatch(_spec.MicroBatch, _spec.SeqLen, _device);
            return pass.Run(tokens, targets, 1.0 / count, i == count - 1, () => { }) / count;
        });
        store.CompleteGradients();
        return loss;
    }

    private StepTraffic CountStep()
    {
        _traffic.Reset();
        Pass(_parallel, [_mine]);
        _parallel.Step();
        return StepTraffic.Of(_traffic);
    }

    private float[] AloneParameters() => [.. Enumerable.Range(0, _layouts.Count).SelectMany(unit => Values(unit, _alone.Acquire(unit)))];

    private float[] AloneGradients(int unit) => Values(unit, [.. _alone.Acquire(unit).Select(leaf => leaf.grad!)]);

    private float[] Values(int unit, IReadOnlyList<Tensor> tensors)
    {
        using var flat = _layouts[unit].Flatten([.. tensors.Select(tensor => tensor.detach())]);
        return _layouts[unit].Values(flat);
    }

    private static double Distance(float[] left, float[] right) =>
        Math.Sqrt(left.Zip(right, (a, b) => Math.Pow(a - b, 2)).Average());
}
