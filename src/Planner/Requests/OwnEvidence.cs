using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Fitting.Learning;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Memory.Fitting;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Core.Workloads;
using SlmPlanner.Data.History;
using SlmPlanner.Data.Measurements;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Data.Store;

namespace SlmPlanner.Planner.Requests;

/// <summary>What a user learned, as far as it can be fitted.</summary>
/// <param name="Path">The store; null for none.</param>
/// <param name="Workloads">The learned runs that count, in the order in which they were learned.</param>
/// <param name="Rejected">Those that can't be used, by short id, with reasons.</param>
/// <param name="Shipped">The rows that the shipped fit rests on, read when they are needed.</param>
internal sealed record OwnEvidence(
    string? Path, IReadOnlyList<Workload> Workloads, IReadOnlyList<RejectedRow> Rejected,
    Lazy<IReadOnlyDictionary<string, Workload>> Shipped)
{
    /// <summary>The learned peaks of memory, and runs of which it is said whether they fitted.</summary>
    public IReadOnlyList<PeakObservation> Peaks { get; private init; } = [];

    /// <summary>Nothing learned.</summary>
    public static OwnEvidence None { get; } = new(null, [], [], new(() => new Dictionary<string, Workload>()));

    /// <summary>
    /// The stack of the user's own set-up: that of the run that was learned last. Null where it names none. Bursts of the calibrator are of
    /// no set-up.
    /// </summary>
    public string? Stack { get; private init; }

    /// <summary>Where the runs of <see cref="Workloads"/> come from, in their order.</summary>
    public IReadOnlyList<LearnedRow> Rows { get; private init; } = [];

    /// <summary>How many stacks learned runs name.</summary>
    public int Stacks { get; private init; }

    /// <summary>What counts, for people.</summary>
    public string Words => $"{Workloads.Count} learned run{(Workloads.Count == 1 ? "" : "s")} of {System.IO.Path.GetFileName(Path)}"
        + (Peaks.Count == 0 ? "" : $", {Peaks.Count} with peak memory");

    /// <summary>Reads a store.</summary>
    /// <param name="path">The store; null for none.</param>
    /// <param name="store">The catalogs that its runs are read by.</param>
    /// <param name="without">Ids of runs to leave out.</param>
    /// <exception cref="Core.InputException">It can't be read.</exception>
    public static OwnEvidence Read(string? path, ProfileStore store, IReadOnlySet<string>? without = null)
    {
        if (path is null)
            return None;
        using var evidence = EvidenceStore.OpenToRead(path);
        // A machine that no datasheet describes, such as a CPU, speaks through its own profile alone.
        var counted = evidence.All()
            .Where(kept => kept.Counts && without?.Contains(kept.Id) != true
                && (kept.Kind != EvidenceKind.Burst || store.Datasheets.TryFind(kept.Observation.Machine.Gpu, null, out _))).ToList();
        var timed = counted.Where(kept => kept.Observation.Speed is not null).ToList();
        KeptObservation[] runs = [.. timed.Where(kept => kept.Kind != EvidenceKind.Burst)];
        var publications = Publications.Read(store);
        var resolver = new WorkloadResolver(store.Datasheets, store.Stacks, publications);
        var shipped = new Lazy<IReadOnlyDictionary<string, Workload>>(
            () => ShippedRows.Read(store).Workloads.ToDictionary(workload => workload.Observation.Name));
        var (rows, repeated) = timed.Count == 0 ? ([], []) : Named([.. timed.Select(Row)], shipped.Value);
        var (workloads, rejected, beyond) =
            MeasurementSelection.Select(rows, resolver, new Dictionary<string, string>(), FitOptions.Default);
        var ids = rows.ToDictionary(row => row.Observation!.Name, row => row.Name);
        var kept = timed.DistinctBy(one => one.ShortId).ToDictionary(one => one.ShortId);
        return new(
            path, workloads,
            [.. repeated, .. rejected, .. beyond.Select(workload => new RejectedRow(ids[workload.Observation.Name], Beyond))],
            shipped)
        {
            Stack = runs.LastOrDefault()?.Observation.Stack.Name,
            Rows = [.. workloads.Select(workload => Learned(kept[ids[workload.Observation.Name]], workload))],
            Stacks = runs.Select(kept => kept.Observation.Stack.Name).Distinct().Count(),
            Peaks = new PeakObservations(store.Datasheets, store.Stacks, store.Memory, publications)
                .Of(counted.Where(kept => kept.Observation.Memory is { PeakGib: not null } or { Fits: not null }).Select(Row)),
        };
    }

    /// <summary>Memory that knows the learned peaks too.</summary>
    public MemoryProfile Learned(MemoryProfile memory) => Peaks.Count == 0 ? memory : LearnedMemory.Of(memory, Peaks);

    /// <summary>Fits that know the learned runs too.</summary>
    public PerformanceProfile Learned(PerformanceProfile performance) => Workloads.Count == 0 ? performance
        : performance.With(LearnedFit.Of(performance.Published, Workloads, FitOptions.Default, Shipped.Value));

    /// <summary>What predictions rest on, with the learned runs.</summary>
    public string Told(string fitted) => Workloads.Count == 0 && Peaks.Count == 0 ? fitted : $"{fitted}; {Words}";

    /// <summary>
    /// The runs under names that no shipped row and no other run has, their short ids where theirs is taken, and apart from them those that
    /// repeat a shipped row.
    /// </summary>
    private static (IReadOnlyList<MeasurementRow> Rows, IReadOnlyList<RejectedRow> Repeated) Named(
        IReadOnlyList<MeasurementRow> runs, IReadOnlyDictionary<string, Workload> shipped)
    {
        var (rows, repeated) = (new List<MeasurementRow>(), new List<RejectedRow>());
        var (twins, taken) = (new ShippedTwins(shipped.Values), shipped.Keys.ToHashSet(StringComparer.Ordinal));
        foreach (var run in runs)
            if (twins.Of(run.Observation!) is { } name)
                repeated.Add(new(run.Name, ShippedTwins.Reason(name)));
            else
                rows.Add(taken.Add(run.Observation!.Name) ? run
                    : run with { Observation = run.Observation with { Name = run.Name } });
        return (rows, repeated);
    }

    private static string Beyond =>
        $"its source has more than {FitOptions.Default.MostOfPublication} runs: the others are learned";

    private static LearnedRow Learned(KeptObservation kept, Workload workload) => new(
        kept.Id, workload.Observation.Name, workload.Keys.Device ?? workload.Observation.Machine.Gpu, workload.Observation.From.Source,
        DateOnly.FromDateTime(kept.At.UtcDateTime));

    private static MeasurementRow Row(KeptObservation kept) =>
        new(kept.File ?? "", kept.FirstLine ?? 0, kept.ShortId,
            kept.Kind == EvidenceKind.Burst ? KeptBursts.Named(kept.Observation) : kept.Observation, null);
}
