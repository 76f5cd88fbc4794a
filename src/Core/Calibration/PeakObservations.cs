using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Memory.Fitting;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;
using SlmPlanner.Core.Units;

namespace SlmPlanner.Core.Calibration;

/// <summary>What measured rows tell of memory: peaks, runs that fitted and runs that did not.</summary>
/// <param name="devices">Devices and their spellings.</param>
/// <param name="stacks">Stacks and their spellings.</param>
/// <param name="memory">What stacks keep in memory.</param>
public sealed class PeakObservations(DeviceCatalog devices, SoftwareStackCatalog stacks, MemoryProfile memory)
{
    /// <summary>
    /// Share of a device's stated memory that its driver leaves: 79.15 of 80 GiB on an A100, 23.65 of 24 on a consumer card,
    /// 44.4 of 48 where error correction is on; the middle of what out-of-memory messages print.
    /// </summary>
    public const double DriverShare = 0.975;

    private readonly RowMemory _rows = new(memory);

    /// <summary>The rows that tell something, in their order.</summary>
    public IReadOnlyList<PeakObservation> Of(IEnumerable<MeasurementRow> rows) => [.. rows.Select(Of).OfType<PeakObservation>()];

    /// <summary>What a row tells; null for nothing: its micro-batch, its model or its device is unknown, or it must not be used.</summary>
    public PeakObservation? Of(MeasurementRow row)
    {
        if (row.Record is not { MicroBatch: not null, LeftOut: null } record || MemoryGib(record) is not { } gib)
            return null;
        try
        {
            var stack = stacks.Find(record.Stack);
            var shape = Normed(PossibleShape.Of(record).Shape);
            var (setups, _) = PossibleSetups.Of(record, stack, ParameterCount.Of(shape).Total);
            var words = new RowWords(record.Stack, record.Precision, record.Recomputation);
            var kind = record.PeakMemoryKind ?? PeakMemoryKind.Device;
            return new(record.Id, SourceOf(record), record.Stack, shape, Ways(setups, words),
                Bytes.FromGiB(gib).Count * DriverShare, record.PeakMemoryBytes, kind, record.Fits ?? true)
            {
                IsReport = record.Fits is not null,
            };
        }
        catch (InputException)
        {
            return null;
        }
    }

    private IReadOnlyList<(double, TrainingSetup)> Ways(IReadOnlyList<TrainingSetup> setups, RowWords words) =>
        [.. from setup in setups
            let ways = _rows.Ways(setup, words)
            from way in RowMemory.Odds(ways.Count).Zip(ways)
            select (way.First / setups.Count, way.Second)];

    /// <summary>The shape with the norms that usually go with its feed-forward, which rows do not tell.</summary>
    internal static TransformerShape Normed(TransformerShape shape) =>
        shape with { Norm = shape.FfnKind == FfnKind.Swiglu ? NormKind.RmsNorm : NormKind.LayerNorm };

    /// <summary>A repository with or without a revision or an issue's number is one source.</summary>
    private static string SourceOf(MeasurementRecord record)
    {
        var source = record.Source ?? record.Id;
        var isAddress = source.Contains("github:", StringComparison.Ordinal) || source.Contains("://", StringComparison.Ordinal) || !source.Contains(' ');
        return isAddress ? source.Replace("github:", "", StringComparison.Ordinal).Split(' ', '@', '#')[0] : source;
    }

    private double? MemoryGib(MeasurementRecord record) =>
        record.DeviceMemoryGib ?? (devices.TryFind(record.Gpu, null, out var device) ? device.MemoryGib : null);
}
