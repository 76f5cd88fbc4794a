using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Proof;

/// <summary>
/// The bursts of a proof, each on disk before the next one starts: a proof that was stopped goes on, and one that is judged again measures
/// nothing twice.
/// </summary>
internal sealed class ProofLog : IDisposable
{
    private readonly MeasurementLog _log;
    private readonly TimeProvider _clock;
    private readonly ILookup<BurstSpec, BurstResult> _earlier;

    private ProofLog(MeasurementLog log, TimeProvider clock, IEnumerable<BurstResult> earlier) =>
        (_log, _clock, _earlier) = (log, clock, earlier.ToLookup(burst => burst.Spec));

    /// <summary>Opens the file, which need not exist.</summary>
    /// <param name="path">The file.</param>
    /// <param name="clock">Dates its lines.</param>
    /// <exception cref="Core.InputException">The file can't be opened or written.</exception>
    public static ProofLog Open(string path, TimeProvider clock)
    {
        BurstResult[] earlier = File.Exists(path) ? [.. MeasurementLog.Read(path).Lines.Select(line => line.Burst).OfType<BurstResult>()]
            : [];
        return new(MeasurementLog.Open(path), clock, earlier);
    }

    /// <summary>An earlier measurement of a configuration, or a new one, which is kept.</summary>
    /// <param name="spec">The configuration.</param>
    /// <param name="turn">Which of its measurements, from 0.</param>
    /// <param name="measure">Measures it.</param>
    public async Task<BurstResult> Burst(BurstSpec spec, int turn, Func<Task<BurstResult>> measure) =>
        (await Bursts([spec], turn, async () => [await measure()]))[0];

    /// <summary>Earlier measurements of several configurations that were measured together, or new ones, which are kept.</summary>
    /// <param name="specs">The configurations.</param>
    /// <param name="turn">Which of their measurements, from 0.</param>
    /// <param name="measure">Measures them together, in the order of <paramref name="specs"/>.</param>
    public async Task<IReadOnlyList<BurstResult>> Bursts(
        IReadOnlyList<BurstSpec> specs, int turn, Func<Task<IReadOnlyList<BurstResult>>> measure)
    {
        if (specs.All(spec => _earlier[spec].Count() > turn))
            return [.. specs.Select(spec => _earlier[spec].ElementAt(turn))];
        var bursts = await measure();
        foreach (var burst in bursts)
            _log.Append(new() { At = _clock.GetUtcNow(), Burst = burst });
        return bursts;
    }

    /// <inheritdoc/>
    public void Dispose() => _log.Dispose();
}
