using System.Runtime.InteropServices;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>
/// The least seconds per token of some setups, as expected and at the quantile of limits: what candidates of a cluster are ordered and
/// judged by.
/// </summary>
/// <param name="Expected">Expectation of the log-normal time.</param>
/// <param name="AtLimit">Its quantile.</param>
internal readonly record struct TokenTime(double Expected, double AtLimit)
{
    /// <summary>Of no setup.</summary>
    public static TokenTime None { get; } = new(double.PositiveInfinity, double.PositiveInfinity);

    /// <summary>With one setup more.</summary>
    public TokenTime With(in Evaluation evaluation, double deviations)
    {
        var (seconds, spread) = (evaluation.SecondsPerToken, evaluation.LogSpread);
        return new(Math.Min(Expected, seconds * Math.Exp(spread * spread / 2)), Math.Min(AtLimit, seconds * Math.Exp(deviations * spread)));
    }

    /// <summary>True when a setup of these may be better than all of others.</summary>
    public bool MayBeat(TokenTime others) => Expected < others.Expected || AtLimit < others.AtLimit;
}

/// <summary>Collects the setups that fit a platform, and counts those that don't.</summary>
/// <param name="evaluator">Predicts setups on the platform.</param>
/// <param name="grids">Micro-batches to try.</param>
internal sealed class FittingSetups(SetupEvaluator evaluator, MicroBatchGrids grids)
{
    /// <summary>Any accumulation above one: gradients are then kept, so that memory grows with the micro-batch alone.</summary>
    private const int Accumulating = 2;

    private readonly List<TrainingSetup> _setups = [];

    /// <summary>The setups that fit, in the order that breaks ties.</summary>
    public ReadOnlySpan<TrainingSetup> Setups => CollectionsMarshal.AsSpan(_setups);

    /// <summary>Setups that the device's memory does not hold, at the asked confidence.</summary>
    public MissedSetups OutOfMemory { get; private set; } = MissedSetups.None;

    /// <summary>Setups that fit the device and not the host's memory.</summary>
    public MissedSetups OutOfHostMemory { get; private set; } = MissedSetups.None;

    /// <summary>
    /// Takes in a family at every micro-batch of the grid and at the largest that fits. While gradients are accumulated memory grows with
    /// the micro-batch alone: above one that does not fit none does, and the largest that does lies between the last two that tell.
    /// </summary>
    public void Add(in TrainingSetup family)
    {
        var grid = grids.Of(family.Layout);
        var accumulating = family with { GradAccum = Accumulating * family.Mesh.Pipeline };
        var (fits, tooLarge) = (0, grid.Largest + 1);
        foreach (var point in grid.Points)
        {
            var setup = At(family, point);
            if (!MicroBatchGrid.CanRun(setup, setup.GradAccum))
                continue;
            var accumulates = point.GradAccum >= accumulating.GradAccum;
            if (accumulates && point.MicroBatch >= tooLarge)
                OutOfMemory = OutOfMemory.WithOneMore();
            else if (AddOrReject(setup))
                fits = accumulates ? point.MicroBatch : fits;
            else if (accumulates)
                tooLarge = point.MicroBatch;
        }
        fits = evaluator.LargestMicroBatch(accumulating, fits, tooLarge);
        if (fits > 0 && grid.LargestFitting(fits) is { } largest && At(family, largest) is var whole
            && MicroBatchGrid.CanRun(whole, whole.GradAccum))
            AddOrReject(whole);
    }

    /// <summary>
    /// True when a family may be better than the best of others, whatever its memory and as sure as it may be: recomputation only adds to
    /// its time. False where no micro-batch keeps the global batch.
    /// </summary>
    /// <param name="family">A family without recomputation.</param>
    /// <param name="best">The best of others.</param>
    /// <param name="deviations">The quantile of limits.</param>
    public bool MayBeat(in TrainingSetup family, TokenTime best, double deviations)
    {
        foreach (var point in grids.Of(family.Layout).Possible())
            if (MicroBatchGrid.CanRun(family, point.GradAccum)
                && TokenTime.None.With(evaluator.AtBest(At(family, point)), deviations).MayBeat(best))
                return true;
        return false;
    }

    private bool AddOrReject(in TrainingSetup setup)
    {
        if (!evaluator.Fits(setup))
            return Reject(setup);
        if (evaluator.HostExcess(setup) is > 0 and var excess)
        {
            OutOfHostMemory = OutOfHostMemory.With(setup, excess);
            return false;
        }
        _setups.Add(setup);
        return true;
    }

    private static TrainingSetup At(in TrainingSetup family, BatchPoint point) =>
        family with { MicroBatch = point.MicroBatch, GradAccum = point.GradAccum };

    private bool Reject(in TrainingSetup setup)
    {
        OutOfMemory = evaluator.ExceedsBy(setup, OutOfMemory.LeastExcess) ? OutOfMemory.WithOneMore()
            : OutOfMemory.With(setup, evaluator.Excess(setup));
        return false;
    }
}
