using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory.Fitting;

/// <summary>What a published run tells of memory: a peak, or only that it ran or ran out of memory.</summary>
/// <param name="Id">The row.</param>
/// <param name="Source">Who published it: what leaving a source out leaves out.</param>
/// <param name="Stack">Its software stack; null when not named.</param>
/// <param name="Shape">Its model.</param>
/// <param name="Ways">How it may have been run, at least one, with the probability of each.</param>
/// <param name="DeviceBytes">Memory of its device that a run can use.</param>
/// <param name="PeakBytes">The peak; null where none is told.</param>
/// <param name="Kind">Which peak; null where it is not stated.</param>
/// <param name="Ran">Whether it ran.</param>
public sealed record PeakObservation(
    string Id, string Source, string? Stack, TransformerShape Shape, IReadOnlyList<(double Probability, TrainingSetup Setup)> Ways,
    double DeviceBytes, double? PeakBytes, MemoryKind? Kind, bool Ran)
{
    /// <summary>
    /// Kinds that the peak may be of: the stated one; else what tools print, the allocator's figures as often as the device's.
    /// </summary>
    public IReadOnlyList<(double Probability, MemoryKind Kind)> Kinds => Kind is { } stated ? [(1, stated)] : UnstatedKinds;

    /// <summary>True where the peak is that of a rank of the first pipeline stage, whatever the others need.</summary>
    public bool OfFirstStage { get; init; }

    /// <summary>
    /// The predicted peaks of what it tells, each with its probability: of every kind that it may be of, or of the device alone.
    /// </summary>
    /// <param name="probability">Probability of the setup.</param>
    /// <param name="model">The model.</param>
    /// <param name="setup">The setup.</param>
    internal IEnumerable<(double Probability, double Bytes)> Told(double probability, MemoryModel model, TrainingSetup setup)
    {
        if (PeakBytes is null)
            return [(probability, model.Predict(setup).Total.Count)];
        var peak = OfFirstStage ? model.PredictFirstStage(setup) : model.Predict(setup);
        return Readings.Select(reading => (probability * reading.Probability, reading.Read * peak.Of(reading.Kind).Count));
    }

    /// <summary>
    /// True where the source does not say whether it prints GB or GiB: read as GiB, it is GB in <see cref="DecimalShare"/> of the cases.
    /// </summary>
    public bool UnitIsOpen { get; init; }

    /// <summary>
    /// Of 375 shipped peaks in <c>measured.csv</c> and <c>memory_reports.csv</c>, all of known unit, 30 were printed in GB.
    /// </summary>
    private const double DecimalShare = 0.08;

    /// <summary>
    /// What a peak of a kind may be printed as, by kind and unit: each with its probability, and what bytes are multiplied by when read.
    /// </summary>
    internal IEnumerable<(double Probability, MemoryKind Kind, double Read)> Readings => Kinds.SelectMany(kind => UnitIsOpen
        ? [((1 - DecimalShare) * kind.Probability, kind.Kind, 1), (DecimalShare * kind.Probability, kind.Kind, (1L << 30) / 1e9)]
        : (IEnumerable<(double, MemoryKind, double)>)[(kind.Probability, kind.Kind, 1)]);

    private static readonly (double, MemoryKind)[] UnstatedKinds =
        [(0.25, MemoryKind.Allocated), (0.25, MemoryKind.Reserved), (0.5, MemoryKind.Device)];

    /// <summary>Traits of a stack with the library of fused kernels that its notes name; null for none.</summary>
    public MemoryTraits? Kernels { get; init; }

    /// <summary>True where a reader saw a verdict in the report: a run without a peak is a bound alone.</summary>
    public bool IsReport { get; init; }
}
