using System.Runtime.CompilerServices;
using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Matrix;
using SlmPlanner.Calibrator.Measurement;

namespace SlmPlanner.Calibrator.Runs;

/// <summary>
/// Proves a calibration on configurations outside its matrix: other widths, depths, lengths, batches and vocabularies, both
/// attention kinds and precisions. All are measured, then all once more, so that the machine's own unrest is seen beside the error.
/// </summary>
/// <param name="result">The calibration.</param>
/// <param name="log">Keeps the bursts.</param>
/// <param name="clock">Times utilisation samples.</param>
internal sealed class MachineProof(CalibrationResult result, ProofLog log, TimeProvider clock)
{
    private const int PoolSize = 2000;
    private const double ShortestSeconds = 0.04;
    private const double LongestSeconds = 1.5;

    /// <summary>Draws the configurations, measures each twice and tells of each when it is done.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Seed of the draw.</param>
    /// <param name="stop">Kills the burst in flight and throws.</param>
    public async IAsyncEnumerable<MachineTrial> Run(int count, int seed, [EnumeratorCancellation] CancellationToken stop)
    {
        var environment = result.State.Environment!;
        var measurer = new BurstMeasurer(environment.DeviceKind, environment.Device, clock);
        List<BurstResult> first = [];
        foreach (var spec in Draw(environment.Threads, seed).Take(count))
        {
            var burst = await Measure(measurer, spec, turn: 0, stop);
            if (burst is { StepTimeS: not null, PeakMemoryBytes: > 0 })
                first.Add(burst);
        }
        foreach (var (burst, step) in first.Zip(HeldOutProof.Of(result.Model, first)))
        {
            var again = HeldOutProof.Of(result.Model, [await Measure(measurer, burst.Spec, turn: 1, stop)]);
            yield return new(step, again.SingleOrDefault(), result.PredictMemory(burst), new(burst.PeakMemoryBytes!.Value));
        }
    }

    private Task<BurstResult> Measure(BurstMeasurer measurer, BurstSpec spec, int turn, CancellationToken stop) => log.Burst(spec, turn, () =>
        measurer.Measure(spec, BurstCost.TimedSeconds(result.Model.StepSeconds(spec)), withMemory: turn == 0, withBare: false, stop));

    private IEnumerable<BurstSpec> Draw(int threads, int seed) => new BurstPool(PoolRanges.Between, threads, seed).Draw(PoolSize)
        .Where(spec => result.Model.StepSeconds(spec) is >= ShortestSeconds and <= LongestSeconds);
}
