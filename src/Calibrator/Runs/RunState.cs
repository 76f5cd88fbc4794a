using SlmPlanner.Calibrator.Machine;
using SlmPlanner.Calibrator.Repeats;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Runs;

/// <summary>Everything that a folder's measurements say, in memory: what resuming starts from and what fitting takes.</summary>
internal sealed class RunState
{
    private readonly List<BurstResult> _measurements = [];
    private readonly Dictionary<BurstSpec, int> _places = [];
    private readonly List<(List<BurstResult> Measurements, bool HeldOut)> _groups = [];
    private readonly List<(BurstResult Burst, bool HeldOut)> _bursts = [];

    /// <summary>Gathers the lines of a file; the first environment, micro-benchmarks and collectives count.</summary>
    public RunState(IEnumerable<MeasurementLine> lines)
    {
        foreach (var line in lines)
            Add(line);
    }

    /// <summary>The machine; null before the first line.</summary>
    public RunEnvironment? Environment { get; private set; }

    /// <summary>The micro-benchmarks; null before they ran.</summary>
    public IReadOnlyList<MicroSample>? Micro { get; private set; }

    /// <summary>The collectives; null before they ran, and on one rank.</summary>
    public CollectiveMeasurement? Collectives { get; private set; }

    /// <summary>Why the collectives could not be measured; null when they were, or were not tried.</summary>
    public string? CollectivesFailure { get; private set; }

    /// <summary>Runs on other machines of its kind, from which it starts.</summary>
    public IReadOnlyList<RunState> Siblings { get; init; } = [];

    /// <summary>Cores of the machine; where that is not known, the threads of a burst.</summary>
    public int Cores => Math.Max(1, Environment?.Identity?.LogicalProcessors ?? Environment?.Threads ?? 1);

    /// <summary>Every measurement in order: a configuration may have several.</summary>
    public IReadOnlyList<BurstResult> Measurements => _measurements;

    /// <summary>The measurements of each configuration, in the order in which they were first measured.</summary>
    public IEnumerable<IReadOnlyList<BurstResult>> ByConfiguration => _groups.Select(group => group.Measurements);

    /// <summary>Every configuration with all its measurements as one burst, those without a step time included.</summary>
    public IReadOnlyList<(BurstResult Burst, bool HeldOut)> Bursts => _bursts;

    /// <summary>Measured bursts that are fitted.</summary>
    public IReadOnlyList<BurstResult> Fitted => [.. _bursts.Where(pair => !pair.HeldOut && pair.Burst.StepTimeS is not null)
        .Select(pair => pair.Burst)];

    /// <summary>Measured bursts that prove the fit.</summary>
    public IReadOnlyList<BurstResult> HeldOut => [.. _bursts.Where(pair => pair.HeldOut && pair.Burst.StepTimeS is not null)
        .Select(pair => pair.Burst)];

    /// <summary>The machines of <see cref="Siblings"/> with their fits, relative to this machine's rates.</summary>
    public IReadOnlyList<Sibling> SiblingsOf(Accelerator device) => [.. Siblings.Where(sibling => sibling.Environment is not null)
        .Select(sibling => Sibling.Of(device, sibling.Environment!.Machine, sibling.Bursts.Select(pair => pair.Burst)))];

    /// <summary>True for a configuration that proves the fit.</summary>
    public bool IsHeldOut(BurstSpec spec) => _places.TryGetValue(spec, out var place) && _groups[place].HeldOut;

    /// <summary>Takes one more line. A configuration stays what its first measurement was: fitted or held out.</summary>
    public void Add(MeasurementLine line)
    {
        Environment ??= line.Environment;
        Micro ??= line.Micro;
        Collectives ??= line.Collectives;
        CollectivesFailure = Collectives is null ? line.CollectivesFailure ?? CollectivesFailure : null;
        if (line.Burst is not { } burst)
            return;
        _measurements.Add(burst);
        if (!_places.TryGetValue(burst.Spec, out var place))
        {
            _places[burst.Spec] = place = _groups.Count;
            _groups.Add(([], line.HeldOut));
            _bursts.Add((burst, line.HeldOut));
        }
        _groups[place].Measurements.Add(burst);
        _bursts[place] = (RepeatedBurst.Of(_groups[place].Measurements, Cores), _groups[place].HeldOut);
    }
}
