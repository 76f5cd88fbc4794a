using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Calibrator.Machine;
using SlmPlanner.Calibrator.Matrix;
using SlmPlanner.Calibrator.Repeats;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Runs;

/// <summary>
/// The bursts of a run, chosen one at a time: after each measured burst the belief about the coefficients narrows, every few
/// bursts the model is fitted anew, and the next burst is what then teaches most per second.
/// </summary>
internal sealed class BurstMatrix
{
    private const int PoolSize = 2000;
    private const int TargetCount = 150;
    private const int RefitEvery = 4;
    private const int LeastBeforeSettled = 16;
    private const double LeastNoise = 0.03;
    private const double LongestStepShare = 0.003;
    private const double ShortestStepSeconds = 0.01;
    private const double MemoryShare = 0.4;

    /// <summary>
    /// What a sibling's burst may be off by here, as a standard deviation of its logarithm: the machine's own difference and the
    /// configuration's.
    /// </summary>
    private const double SiblingNoise = 0.12;
    private readonly Accelerator _device;
    private readonly RunSettings _settings;
    private readonly IReadOnlyList<BurstSpec> _pool;
    private readonly IReadOnlyList<BurstSpec> _plans;
    private readonly RankingStop _ranking = new();
    private readonly IReadOnlyList<Sibling> _siblings;
    private IReadOnlyList<(BurstSpec Spec, double StepSeconds, double[] Row)> _possible = [];
    private IReadOnlyList<double[]> _targets = [];
    private MachineModel _model;
    private double _noise = LeastNoise;
    private int _fittedBursts = -RefitEvery;

    /// <summary>Draws the pool.</summary>
    /// <param name="device">The machine.</param>
    /// <param name="settings">What the run is asked to do.</param>
    /// <param name="siblings">Other machines of its kind, from which its model starts.</param>
    public BurstMatrix(Accelerator device, RunSettings settings, IReadOnlyList<Sibling>? siblings = null)
    {
        (_device, _settings, _siblings) = (device, settings, siblings ?? []);
        _model = MachineModel.Fit(device, [], _siblings);
        var ranges = device.Link is null ? settings.Ranges : settings.Ranges with { Parallelisms = PoolRanges.Ranked };
        var available = MemoryShare * (HostMemory.AvailableBytes() ?? device.MemoryGib * (1L << 30));
        _pool = [.. new BurstPool(ranges, settings.Threads, settings.Seed).Draw(PoolSize)
            .Where(spec => HostBytes(spec) < available)];
        _plans = [.. _pool.Take(TargetCount)];
    }

    /// <summary>True when more bursts would no longer change how plans rank.</summary>
    public bool IsSettled { get; private set; }

    /// <summary>The next burst, or null when none fits into the time left.</summary>
    /// <param name="state">What is measured so far.</param>
    /// <param name="leftSeconds">Time left.</param>
    public ChosenBurst? Next(RunState state, double leftSeconds)
    {
        Refit(state);
        var done = state.Bursts.Select(pair => pair.Burst.Spec).ToHashSet();
        var withMemory = BurstCost.WithMemory(state.Bursts.Count);
        PossibleBurst[] possible =
        [
            .. _possible.Where(burst => !done.Contains(burst.Spec))
                .Select(burst => new PossibleBurst(burst.Spec, burst.Row, BurstCost.Seconds(burst.Spec, burst.StepSeconds, withMemory)))
                .Where(burst => burst.CostSeconds < leftSeconds),
        ];
        var information = Learned(state, new Sensitivities(_device, _model.Logs));
        return new BurstChooser(information, _targets, _settings.Seed).Next(possible, state.Bursts.Count);
    }

    /// <summary>A configuration that is due to be measured again, or null when none is due or the time left is too short for it.</summary>
    /// <param name="state">What is measured so far.</param>
    /// <param name="leftSeconds">Time left.</param>
    public ChosenBurst? Again(RunState state, double leftSeconds)
    {
        if (RepeatOrder.Due(state, _settings.BudgetSeconds) is not { } spec)
            return null;
        var cost = BurstCost.Seconds(spec, StepSeconds(spec), withMemory: false);
        return cost < leftSeconds ? new(new(spec, [], cost), state.IsHeldOut(spec), 0, 0) : null;
    }

    /// <summary>
    /// The burst that costs least, whatever is left of the budget, and never held out; null when none is left. Where every step is
    /// predicted to be too short or too long for the run, the quickest of the pool.
    /// </summary>
    public ChosenBurst? Cheapest(RunState state)
    {
        Refit(state);
        var done = state.Bursts.Select(pair => pair.Burst.Spec).ToHashSet();
        var withMemory = BurstCost.WithMemory(state.Bursts.Count);
        (BurstSpec Spec, double StepSeconds)[] open =
            [.. _possible.Where(burst => !done.Contains(burst.Spec)).Select(burst => (burst.Spec, burst.StepSeconds))];
        if (open.Length == 0)
            open = [.. _pool.Where(spec => !done.Contains(spec)).Select(spec => (spec, StepSeconds(spec)))];
        if (open.Length == 0)
            return null;
        var (spec, seconds) = open.MinBy(burst => BurstCost.Seconds(burst.Spec, burst.StepSeconds, withMemory));
        return new(new(spec, new Sensitivities(_device, _model.Logs).Row(spec), BurstCost.Seconds(spec, seconds, withMemory)), false, 0, 0);
    }

    /// <summary>Predicted seconds of one step, for the time that a burst is given.</summary>
    public double StepSeconds(BurstSpec spec) => _model.StepSeconds(spec);

    /// <summary>Memory of all ranks of one host, as it is predicted without a measurement.</summary>
    private double HostBytes(BurstSpec spec)
    {
        var setup = spec.SetupOn(_device);
        return setup.GpusPerNode * MachineSpec.BurstMemory.Of(spec.Shape).Predict(setup).Total.Count;
    }

    private BurstInformation Learned(RunState state, Sensitivities sensitivities)
    {
        var information = new BurstInformation(Sensitivities.PriorDeviations, _noise);
        foreach (var burst in state.Fitted)
            information.Learn(sensitivities.Row(burst.Spec));
        foreach (var burst in _siblings.SelectMany(sibling => sibling.Bursts))
            information.Learn(sensitivities.Row(burst.Spec), SiblingNoise);
        return information;
    }

    private void Refit(RunState state)
    {
        var fitted = state.Fitted;
        if (fitted.Count - _fittedBursts < RefitEvery)
            return;
        _fittedBursts = fitted.Count;
        _model = MachineModel.Fit(_device, fitted, _siblings);
        _noise = Math.Max(LeastNoise, _model.Scatter(fitted));
        var sensitivities = new Sensitivities(_device, _model.Logs);
        var longest = LongestStepShare * _settings.BudgetSeconds;
        _possible = [.. _pool.Select(spec => (Spec: spec, StepSeconds: StepSeconds(spec)))
            .Where(burst => burst.StepSeconds >= ShortestStepSeconds && burst.StepSeconds <= longest)
            .Select(burst => (burst.Spec, burst.StepSeconds, sensitivities.Row(burst.Spec)))];
        _targets = [.. _possible.Take(TargetCount).Select(burst => burst.Row)];
        var deviation = Math.Sqrt(_targets.Average(Learned(state, sensitivities).Variance));
        IsSettled = fitted.Count > LeastBeforeSettled
            && _ranking.IsSettled([.. _plans.Select(spec => spec.TokensPerStep / StepSeconds(spec))], deviation);
    }
}
