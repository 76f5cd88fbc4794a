using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Memory.Components;
using SlmPlanner.Core.Training;
using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Accuracy;

/// <summary>
/// The memory model against measured rows: the error of reported peaks, the rows that ran and are predicted not to fit,
/// and how often twice the micro-batch would not fit, which is often where a stack's rows were measured near the limit.
/// </summary>
/// <param name="Reported">Rows that report a peak.</param>
/// <param name="MeanError">Their mean absolute relative error; NaN without any. The constants were fitted to them.</param>
/// <param name="Judged">Rows whose peak can be predicted.</param>
/// <param name="Refused">Those predicted above their device's memory, by id.</param>
/// <param name="Doubled">
/// For each stack with at least 20 such rows: how many, and the share that twice the micro-batch would put above.
/// </param>
public sealed record MemoryCheck(
    int Reported,
    double MeanError,
    int Judged,
    IReadOnlyList<string> Refused,
    IReadOnlyList<(string Stack, int Rows, double Share)> Doubled)
{
    private const int FewestForStack = 20;

    /// <summary>Peaks of rows that split the model, which are none of the others.</summary>
    public SplitPeaks Split { get; init; } = SplitPeaks.Of([], MemoryProfile.None);

    /// <summary>Share of the judged rows that are predicted not to fit although they ran; NaN without any.</summary>
    public double RefusedShare => Judged == 0 ? double.NaN : (double)Refused.Count / Judged;

    /// <summary>Checks rows; those that can't be resolved or leave memory open are passed over.</summary>
    public static MemoryCheck Of(IEnumerable<MeasurementRow> rows, WorkloadResolver resolver, DeviceCatalog devices, RowMemory memory)
    {
        var judged = rows.Select(row => Judge(row, resolver, devices, memory)).OfType<Verdict>().ToList();
        var errors = judged.Where(row => row.Error is not null).Select(row => row.Error!.Value).ToList();
        var doubled = judged.GroupBy(row => row.Stack).Where(stack => stack.Count() >= FewestForStack)
            .OrderBy(stack => stack.Key, StringComparer.Ordinal)
            .Select(stack => (stack.Key, stack.Count(), stack.Average(row => row.DoubleFits ? 0.0 : 1)));
        return new(
            errors.Count, errors.Count == 0 ? double.NaN : errors.Average(), judged.Count,
            [.. judged.Where(row => !row.Fits).Select(row => row.Id)], [.. doubled]);
    }

    /// <summary>The figures as findings.</summary>
    public IEnumerable<Finding> Findings() =>
    [
        new MemoryPeakError(Reported, MeanError),
        new MemoryMisfits(Judged, Refused),
        .. Doubled.Select(stack => new MemoryDoubled(stack.Stack, stack.Rows, stack.Share)),
    ];

    private static Verdict? Judge(MeasurementRow row, WorkloadResolver resolver, DeviceCatalog devices, RowMemory memory)
    {
        if (row.Observation is not { Recipe.MicroBatch: not null } observation || Resolve(observation, resolver) is not { } workload
            || workload.Setups.Select(setup => setup.Attention).Distinct().Count() != 1)
            return null;
        var limit = devices.Find(observation.Machine.Gpu).MemoryGib;
        var shape = PeakObservations.Normed(workload.Shape);
        var setup = memory.Settle(shape, workload.Setups[0], RowWords.Of(observation), limit);
        MemoryBreakdown Peak(int factor) => memory.Predict(
            shape, setup with { MicroBatch = factor * setup.MicroBatch }, observation.Stack.Name);
        var peak = Peak(1);
        return new(observation.Name, workload.Keys.Stack ?? "unknown", peak.Total.GiB <= limit, Peak(2).Total.GiB <= limit,
            observation.Memory is { PeakGib: { } measured }
                ? Math.Abs(peak.Of(memory.PeakKind(observation) ?? MemoryKind.Device).GiB / measured - 1) : null);
    }

    private static Workload? Resolve(Observation observation, WorkloadResolver resolver)
    {
        try
        {
            var workload = resolver.Resolve(observation);
            return workload.Setups[0].Layout.SplitsModel ? null : workload;
        }
        catch (InputException)
        {
            return null;
        }
    }

    private sealed record Verdict(string Id, string Stack, bool Fits, bool DoubleFits, double? Error);
}

/// <summary>How far predicted peaks are from reported ones, in sample.</summary>
/// <param name="Rows">Rows that report a peak.</param>
/// <param name="MeanError">Mean absolute relative error.</param>
public sealed record MemoryPeakError(int Rows, double MeanError) : Finding(Severity.Hint, "memory-peak");

/// <summary>Rows that ran although they are predicted not to fit.</summary>
/// <param name="Rows">Rows that ran.</param>
/// <param name="Refused">Those predicted not to fit, by id.</param>
public sealed record MemoryMisfits(int Rows, IReadOnlyList<string> Refused) : Finding(Severity.Hint, "memory-fits");

/// <summary>How often twice the micro-batch would not fit.</summary>
/// <param name="Stack">The software stack.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Share">Share of them.</param>
public sealed record MemoryDoubled(string Stack, int Rows, double Share) : Finding(Severity.Hint, "memory-double");
