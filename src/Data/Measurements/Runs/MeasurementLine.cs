using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Data.Measurements.Runs;

/// <summary>One line of <c>measurements.jsonl</c>: exactly one of its parts is there.</summary>
public sealed record MeasurementLine
{
    /// <summary>
    /// The version of the line's form that is written. Since 2 a step may say what the reference work took after it; since 3 the
    /// environment says which machine it is; since 4 a burst may be measured several times, and a step may say how long it waited for a
    /// core.
    /// </summary>
    public const int CurrentVersion = 4;

    /// <summary>The oldest version that is read too.</summary>
    public const int OldestVersion = 1;

    /// <summary>Version of the line's form.</summary>
    public int SchemaVersion { get; init; } = CurrentVersion;

    /// <summary>When it was taken.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The machine and the settings of a run; the first line of each run.</summary>
    public RunEnvironment? Environment { get; init; }

    /// <summary>The micro-benchmarks.</summary>
    public IReadOnlyList<MicroSample>? Micro { get; init; }

    /// <summary>The collectives.</summary>
    public CollectiveMeasurement? Collectives { get; init; }

    /// <summary>Why the collectives could not be measured.</summary>
    public string? CollectivesFailure { get; init; }

    /// <summary>A burst.</summary>
    public BurstResult? Burst { get; init; }

    /// <summary>True for a burst that the fit does not see: it proves the profile.</summary>
    public bool HeldOut { get; init; }
}
