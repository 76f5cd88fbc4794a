using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Distributed.Launch;
using SlmPlanner.Calibrator.Matrix;
using SlmPlanner.Calibrator.Measurement;
using SlmPlanner.Core.Hardware;

namespace SlmPlanner.Calibrator.Runs;

/// <summary>
/// Proves a calibration on configurations that it has not seen, in every sharding scheme on the ranks that it measured. Schemes
/// are measured in turns, so that noise falls on all, and the least disturbed turn counts.
/// </summary>
/// <param name="state">The calibration's measurements.</param>
/// <param name="launch">How to start its ranks.</param>
/// <param name="log">Keeps the bursts.</param>
/// <param name="clock">For utilisation samples, which ranks don't take.</param>
internal sealed class RankProof(RunState state, LaunchOptions launch, ProofLog log, TimeProvider clock)
{
    private const int PoolSize = 2000;
    private const double ShortestSeconds = 0.02;
    private const double LongestSeconds = 0.5;
    private const double TurnSeconds = 2;
    private static readonly BurstParallelism[] Schemes = [BurstParallelism.Ddp, BurstParallelism.Zero2, BurstParallelism.FsdpFull];

    /// <summary>Draws the configurations and measures each in all schemes.</summary>
    /// <param name="result">The calibration.</param>
    /// <param name="count">How many configurations.</param>
    /// <param name="seed">Seed of the draw.</param>
    /// <param name="turns">How often each is measured in every scheme, ≥ 1.</param>
    /// <param name="stop">Ends the ranks and throws.</param>
    public async IAsyncEnumerable<RankedTrial> Run(CalibrationResult result, int count, int seed, int turns, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        var measurer = new BurstMeasurer(state.Environment!.DeviceKind, state.Environment.Device, clock, launch);
        foreach (var spec in Draw(result, seed).Take(count))
        {
            List<double?[]> steps = [];
            for (var turn = 0; turn < turns; turn++)
                steps.Add(await Turn(measurer, spec, turn, stop));
            double?[] best = [.. Schemes.Select((_, scheme) => steps.Min(turn => turn[scheme]))];
            if (!best.Contains(null))
            {
                yield return new([.. Schemes.Zip(best, (scheme, seconds) => Proved(result.Model, spec with { Parallelism = scheme }, seconds!.Value))])
                {
                    Turns = [.. steps.Where(turn => !turn.Contains(null)).Select(turn => turn.Select(seconds => seconds!.Value).ToArray())],
                };
            }
        }
    }

    /// <summary>Median step of each scheme; null where one failed.</summary>
    private async Task<double?[]> Turn(BurstMeasurer measurer, BurstSpec spec, int turn, CancellationToken stop)
    {
        var steps = new double?[Schemes.Length];
        for (var scheme = 0; scheme < steps.Length; scheme++)
            steps[scheme] = (await Burst(measurer, spec with { Parallelism = Schemes[scheme] }, turn, stop)).StepTimeS?.Median;
        return steps;
    }

    private Task<BurstResult> Burst(BurstMeasurer measurer, BurstSpec spec, int turn, CancellationToken stop) =>
        log.Burst(spec, turn, () => measurer.Measure(spec, TurnSeconds, withMemory: false, withBare: false, stop));

    /// <summary>Random configurations whose shape and batch no burst of the calibration had, with steps short enough to repeat.</summary>
    private IEnumerable<BurstSpec> Draw(CalibrationResult result, int seed)
    {
        static BurstSpec Plain(BurstSpec spec) => spec with { Parallelism = BurstParallelism.Single };
        var seen = state.Bursts.Select(pair => Plain(pair.Burst.Spec)).ToHashSet();
        return new BurstPool(PoolRanges.Default, state.Environment!.Threads, seed).Draw(PoolSize)
            .Where(spec => !seen.Contains(spec) && result.Model.StepSeconds(spec with { Parallelism = BurstParallelism.Ddp }) is >= ShortestSeconds and <= LongestSeconds);
    }

    private static ProvedBurst Proved(MachineModel model, BurstSpec spec, double measuredSeconds)
    {
        var (step, spread) = model.Predict(spec);
        return new(spec, step.TotalSeconds, measuredSeconds, spread, MeasuredLogError: 0);
    }
}
