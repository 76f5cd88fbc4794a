using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Planner.Web.Calibration;

/// <summary>What a calibration run has written so far.</summary>
internal sealed record RunSnapshot
{
    /// <summary>A run that has written nothing.</summary>
    public static readonly RunSnapshot Empty = new();

    /// <summary>The machine; null before the first line.</summary>
    public RunEnvironment? Machine { get; init; }

    /// <summary>When the latest start of the run was.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>Every burst, oldest first.</summary>
    public IReadOnlyList<BurstResult> Bursts { get; init; } = [];

    /// <summary>The burst measured last; null before the first.</summary>
    public BurstResult? Latest => Bursts is [.., var latest] ? latest : null;

    /// <summary>Bursts held back to prove the profile.</summary>
    public int HeldOut { get; init; }

    /// <summary>Lines that could not be read.</summary>
    public int Unreadable { get; init; }

    /// <summary>True once the profile was written.</summary>
    public bool IsFitted { get; init; }

    /// <summary>Threads of a burst; 1 before the first line.</summary>
    public int Threads => Math.Max(1, Machine?.Threads ?? 1);

    /// <summary>The snapshot with one more line.</summary>
    public RunSnapshot With(MeasurementLine line)
    {
        var snapshot = line.Environment is { } machine ? this with { Machine = machine, Started = line.At } : this;
        return line.Burst is { } burst
            ? snapshot with { Bursts = [.. snapshot.Bursts, burst], HeldOut = snapshot.HeldOut + (line.HeldOut ? 1 : 0) }
            : snapshot;
    }
}
