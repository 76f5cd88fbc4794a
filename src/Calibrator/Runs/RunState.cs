using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Runs;

/// <summary>Everything that a folder's measurements say, in memory: what resuming starts from and what fitting takes.</summary>
internal sealed class RunState
{
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

    /// <summary>Every burst in order, those without a step time included.</summary>
    public IReadOnlyList<(BurstResult Burst, bool HeldOut)> Bursts => _bursts;

    /// <summary>Measured bursts that are fitted.</summary>
    public IReadOnlyList<BurstResult> Fitted => [.. _bursts.Where(pair => !pair.HeldOut && pair.Burst.StepTimeS is not null).Select(pair => pair.Burst)];

    /// <summary>Measured bursts that prove the fit.</summary>
    public IReadOnlyList<BurstResult> HeldOut => [.. _bursts.Where(pair => pair.HeldOut && pair.Burst.StepTimeS is not null).Select(pair => pair.Burst)];

    /// <summary>Takes one more line.</summary>
    public void Add(MeasurementLine line)
    {
        Environment ??= line.Environment;
        Micro ??= line.Micro;
        Collectives ??= line.Collectives;
        CollectivesFailure = Collectives is null ? line.CollectivesFailure ?? CollectivesFailure : null;
        if (line.Burst is { } burst)
            _bursts.Add((burst, line.HeldOut));
    }
}
