using System.Runtime.CompilerServices;
using SlmPlanner.Calibrator.Machine;
using SlmPlanner.Calibrator.Matrix;
using SlmPlanner.Calibrator.Measurement;
using SlmPlanner.Calibrator.Repeats;
using SlmPlanner.Calibrator.Runs;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Proof;

/// <summary>
/// Proves a calibration on configurations outside its matrix: other widths, depths, lengths, batches and vocabularies, both
/// attention kinds and precisions. All are measured in turns, so that the machine's own unrest is seen beside the error.
/// </summary>
/// <param name="result">The calibration.</param>
/// <param name="log">Keeps the bursts.</param>
/// <param name="clock">Times utilisation samples.</param>
internal sealed class MachineProof(CalibrationResult result, ProofLog log, TimeProvider clock)
{
    private static readonly ProofDraw Draw = new(PoolRanges.Between, BurstParallelism.OneRank, ShortestSeconds: 0.04, LongestSeconds: 1.5);

    /// <summary>Draws the configurations, measures all of them in turns and tells of each after its last.</summary>
    /// <param name="count">How many.</param>
    /// <param name="turns">How often each is measured, ≥ 1.</param>
    /// <param name="seed">Seed of the draw.</param>
    /// <param name="progress">Told of each measurement.</param>
    /// <param name="stop">Kills the burst in flight and throws.</param>
    public async IAsyncEnumerable<MachineTrial> Run(int count, int turns, int seed,
        Action<string> progress, [EnumeratorCancellation] CancellationToken stop)
    {
        var environment = result.State.Environment!;
        var measurer = new BurstMeasurer(environment.DeviceKind, environment.Device, clock);
        var measured = Draw.Of(result.Model, environment.Threads, seed).Take(count)
            .Select(spec => (Spec: spec, Bursts: new List<BurstResult>())).ToArray();
        for (var turn = 0; turn < turns; turn++)
        {
            for (var number = 0; number < measured.Length; number++)
            {
                var (spec, bursts) = measured[number];
                progress(FormattableString.Invariant($"turn {turn + 1} of {turns}: {number + 1} of {measured.Length}"));
                bursts.Add(await Measure(measurer, spec, turn, stop));
                if (turn == turns - 1 && bursts[0] is { StepTimeS: not null, PeakMemoryBytes: > 0 } first)
                    yield return new(Turns(bursts), result.PredictMemory(first), new(first.PeakMemoryBytes!.Value));
            }
        }
    }

    private IReadOnlyList<ProvedBurst> Turns(IEnumerable<BurstResult> bursts)
    {
        var cores = result.State.Cores;
        return [.. bursts.SelectMany(burst => HeldOutProof.Of(result.Model, [RepeatedBurst.Of([burst], cores)])
            .Select(proved => proved with { IsDisturbed = Disturbance.Of(burst, cores).IsDisturbed }))];
    }

    private Task<BurstResult> Measure(BurstMeasurer measurer, BurstSpec spec, int turn, CancellationToken stop) =>
        log.Burst(spec, turn, () =>
        measurer.Measure(spec, BurstCost.TimedSeconds(spec, result.Model.StepSeconds(spec)), withMemory: turn == 0, withBare: false, stop));
}
