using System.Runtime.CompilerServices;
using SlmPlanner.Calibrator.Distributed.Launch;
using SlmPlanner.Calibrator.Machine;
using SlmPlanner.Calibrator.Matrix;
using SlmPlanner.Calibrator.Measurement;
using SlmPlanner.Calibrator.Runs;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Proof;

/// <summary>
/// Proves a calibration on configurations that it has not seen, in every sharding scheme on the ranks that it measured. Schemes
/// race in the same processes, several times for each configuration, some minutes apart.
/// </summary>
/// <param name="state">The calibration's measurements.</param>
/// <param name="launch">How to start its ranks.</param>
/// <param name="log">Keeps the bursts.</param>
/// <param name="clock">For utilisation samples, which ranks don't take.</param>
internal sealed class RankProof(RunState state, LaunchOptions launch, ProofLog log, TimeProvider clock)
{
    /// <summary>Steps over a slow link differ by a third from one to the next, so a race has some twenty rounds.</summary>
    private const double Rounds = 20, ShortestRaceSeconds = 6, LongestRaceSeconds = 30;

    private static readonly ProofDraw Proofs = new(PoolRanges.Default, BurstParallelism.Ddp, ShortestSeconds: 0.02, LongestSeconds: 0.5);

    /// <summary>Draws the configurations, lets the schemes race on all of them in turns, and tells of each after its last race.</summary>
    /// <param name="result">The calibration.</param>
    /// <param name="count">How many configurations.</param>
    /// <param name="seed">Seed of the draw.</param>
    /// <param name="turns">How many races each configuration has, ≥ 1.</param>
    /// <param name="progress">Told of each race.</param>
    /// <param name="stop">Ends the ranks and throws.</param>
    public async IAsyncEnumerable<RankedTrial> Run(
        CalibrationResult result, int count, int seed, int turns, Action<string> progress, [EnumeratorCancellation] CancellationToken stop)
    {
        var measurer = new BurstMeasurer(state.Environment!.DeviceKind, state.Environment.Device, clock, launch);
        var drawn = Draw(result, seed).Take(count).Select(spec => (Spec: spec, Races: new List<double[]>())).ToArray();
        for (var turn = 0; turn < turns; turn++)
        {
            for (var number = 0; number < drawn.Length; number++)
            {
                var (spec, races) = drawn[number];
                progress(FormattableString.Invariant($"turn {turn + 1} of {turns}: {number + 1} of {drawn.Length}"));
                if (await Race(measurer, result.Model, spec, turn, stop) is { } steps)
                    races.Add(steps);
                if (turn == turns - 1 && races.Count > 0)
                    yield return RankedTrial.Of([.. SchemeRace.Schemes.Select(scheme =>
                        ProvedBurst.Predicted(result.Model, spec with { Parallelism = scheme }))], races);
            }
        }
    }

    /// <summary>Median step of each scheme; null where one failed.</summary>
    private async Task<double[]?> Race(BurstMeasurer measurer, MachineModel model, BurstSpec spec, int turn, CancellationToken stop)
    {
        BurstSpec[] lanes = [.. SchemeRace.Schemes.Select(scheme => spec with { Parallelism = scheme })];
        var seconds = Math.Clamp(Rounds * lanes.Sum(model.StepSeconds), ShortestRaceSeconds, LongestRaceSeconds);
        var bursts = await log.Bursts(lanes, turn, () => measurer.Race(spec, seconds, withMemory: false, stop));
        return bursts.All(burst => burst.StepTimeS is not null) ? [.. bursts.Select(burst => burst.StepTimeS!.Median)] : null;
    }

    /// <summary>Random configurations whose shape and batch no burst of the calibration had.</summary>
    private IEnumerable<BurstSpec> Draw(CalibrationResult result, int seed)
    {
        var seen = state.Bursts.Select(pair => pair.Burst.Spec.WithoutScheme()).ToHashSet();
        return Proofs.Of(result.Model, state.Environment!.Threads, seed).Where(spec => !seen.Contains(spec));
    }
}
