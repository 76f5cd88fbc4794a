using System.Globalization;
using SlmPlanner.Core;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Measurements;

namespace SlmPlanner.Data.Logs;

/// <summary>
/// A run with all that is known of it: what its logs tell, its steady part, the numbers that follow, and the observation to keep.
/// </summary>
public sealed record ObservedRun
{
    /// <summary>The run as its logs tell it.</summary>
    public required LoggedRun Logged { get; init; }

    /// <summary>Its steady part; null where nothing could be read.</summary>
    public SteadyState? Steady { get; init; }

    /// <summary>The numbers that follow; null likewise.</summary>
    public RunNumbers? Numbers { get; init; }

    /// <summary>The model, where it is known whole.</summary>
    public TransformerShape? Shape { get; init; }

    /// <summary>The device, where it is known.</summary>
    public Accelerator? Device { get; init; }

    /// <summary>Fields without which nothing can be learned.</summary>
    public IReadOnlyList<RunField> Missing { get; init; } = [];

    /// <summary>Fields that would sharpen what is learned.</summary>
    public IReadOnlyList<RunField> Open { get; init; } = [];

    /// <summary>What contradicts itself.</summary>
    public IReadOnlyList<RunContradiction> Contradictions { get; init; } = [];

    /// <summary>What is to be known of how it was read: configurations passed over, a file that breaks off.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Why what is known of it is no observation, in a sentence; null where it is, or where something is missing.</summary>
    public string? Refused { get; init; }

    /// <summary>What can be kept as evidence; null where something is missing.</summary>
    public Observation? Observation { get; init; }

    /// <summary>The id of the observation: a hash of its content; null where there is none.</summary>
    public string? Id => Observation is null ? null : IdOf(Observation);

    /// <summary>The id of an observation: a hash of its content.</summary>
    public static string IdOf(Observation observation) => ObservationId.Of(observation);

    /// <summary>The peak of memory and what it counts; reserved before allocated before the device's.</summary>
    public (MemoryKind Kind, double Bytes)? Peak
    {
        get
        {
            foreach (var kind in (ReadOnlySpan<MemoryKind>)[MemoryKind.Reserved, MemoryKind.Allocated, MemoryKind.Device])
                if (Logged.Log?.Peaks.TryGetValue(kind, out var bytes) == true)
                    return (kind, bytes);
            return null;
        }
    }
}
