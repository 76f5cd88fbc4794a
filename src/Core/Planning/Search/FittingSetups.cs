using System.Runtime.InteropServices;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Search;

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

    /// <summary>Setups that don't fit.</summary>
    public long OutOfMemory { get; private set; }

    /// <summary>Of those, by what fraction of the device's memory the nearest is too large at the asked confidence; infinite when all fit.</summary>
    public double LeastExcess { get; private set; } = double.PositiveInfinity;

    /// <summary>The setup of <see cref="LeastExcess"/>.</summary>
    public TrainingSetup Nearest { get; private set; }

    /// <summary>Takes in a family at every micro-batch of the grid and at the largest that fits.</summary>
    public void Add(in TrainingSetup family)
    {
        var grid = grids.Of(family.Layout);
        foreach (var point in grid.Points)
            AddOrReject(At(family, point));
        var fits = evaluator.LargestMicroBatch(family with { GradAccum = Accumulating * family.Mesh.Pipeline }, grid.Largest);
        if (fits > 0 && grid.LargestFitting(fits) is { } largest)
            AddOrReject(At(family, largest));
    }

    /// <summary>The setups that fit, evaluated, in the same order.</summary>
    /// <param name="from">The first to evaluate.</param>
    public Evaluation[] Evaluate(int from = 0)
    {
        var evaluations = new Evaluation[_setups.Count - from];
        for (var ordinal = 0; ordinal < evaluations.Length; ordinal++)
            evaluations[ordinal] = evaluator.Evaluate(_setups[from + ordinal]);
        return evaluations;
    }

    /// <summary>Their times, each with a spread that it is not below.</summary>
    /// <param name="from">The first.</param>
    public IEnumerable<Evaluation> AtBest(int from = 0) => _setups.Skip(from).Select(setup => evaluator.AtBest(setup));

    /// <summary>
    /// The least seconds per token that a family reaches whatever its memory: recomputation only adds to it. Infinite where no micro-batch
    /// keeps the global batch.
    /// </summary>
    public double LeastSecondsPerToken(in TrainingSetup family)
    {
        var least = double.PositiveInfinity;
        foreach (var point in grids.Of(family.Layout).Points)
            if (MicroBatchGrid.CanRun(family, point.GradAccum))
                least = Math.Min(least, evaluator.AtBest(At(family, point)).SecondsPerToken);
        return least;
    }

    private void AddOrReject(in TrainingSetup setup)
    {
        if (!MicroBatchGrid.CanRun(setup, setup.GradAccum))
            return;
        if (evaluator.Fits(setup))
            _setups.Add(setup);
        else
            Reject(setup);
    }

    private static TrainingSetup At(in TrainingSetup family, BatchPoint point) =>
        family with { MicroBatch = point.MicroBatch, GradAccum = point.GradAccum };

    private void Reject(in TrainingSetup setup)
    {
        OutOfMemory++;
        if (evaluator.ExceedsBy(setup, LeastExcess))
            return;
        var excess = evaluator.Excess(setup);
        if (excess >= LeastExcess)
            return;
        LeastExcess = excess;
        Nearest = setup;
    }
}
