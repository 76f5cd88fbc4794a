using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Memory.Fitting;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;
using SlmPlanner.Core.Units;
using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Fitting;

/// <summary>What measured rows tell of memory: peaks, runs that fitted and runs that did not.</summary>
/// <param name="devices">Devices and their spellings.</param>
/// <param name="stacks">Stacks and their spellings.</param>
/// <param name="memory">What stacks keep in memory.</param>
/// <param name="publications">Which repository or publication a source names; the rule alone when null.</param>
public sealed class PeakObservations(
    DeviceCatalog devices, SoftwareStackCatalog stacks, MemoryProfile memory, PublicationCatalog? publications = null)
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
        if (row.Observation is not { LeftOut: null, Recipe.MicroBatch: not null } seen || seen.Memory?.Fits == FitOutcome.Borderline
            || MemoryGib(seen) is not { } gib)
            return null;
        try
        {
            var stack = stacks.Find(seen.Stack.Name);
            var shape = Normed(PossibleShape.Of(seen).Shape);
            var (setups, _) = PossibleSetups.Of(seen, stack, ParameterCount.Of(shape).Total);
            var source = (publications ?? PublicationCatalog.RuleOnly).RepositoryOf(seen.From.Source) ?? seen.Name;
            return new(seen.Name, source, seen.Stack.Name, shape, _rows.Likely(setups, RowWords.Of(seen)),
                Bytes.FromGiB(gib).Count * DriverShare, seen.Memory?.PeakGib is { } peak ? Bytes.FromGiB(peak).Count : null,
                _rows.PeakKind(seen), seen.Memory?.Fits != FitOutcome.No)
            {
                Kernels = stacks.KernelsIn(seen.Notes),
                IsReport = seen.Memory?.Fits is not null,
                OfFirstStage = stack.Memory.LogsFirstStage,
                UnitIsOpen = seen.Memory?.Unit is null,
            };
        }
        catch (InputException)
        {
            return null;
        }
    }

    /// <summary>The shape with the norms that usually go with its feed-forward, which rows do not tell.</summary>
    internal static TransformerShape Normed(TransformerShape shape) =>
        shape with { Norm = shape.FfnKind == FfnKind.Swiglu ? NormKind.RmsNorm : NormKind.LayerNorm };

    private double? MemoryGib(Observation seen) =>
        seen.Machine.MemoryGib ?? (devices.TryFind(seen.Machine.Gpu, null, out var device) ? device.MemoryGib : null);
}
