using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Memory;
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

    /// <summary>The figures as sentences.</summary>
    public IEnumerable<Finding> Findings()
    {
        yield return Hint("memory-peak", $"peak memory of {Reported} rows: mean error {MeanError:P1}, in sample; docs/models.md has it with groups left out");
        yield return Hint("memory-fits", $"of {Judged} rows that ran, {Refused.Count} are predicted not to fit{(Refused.Count > 0 ? $": {string.Join(", ", Refused)}" : "")}");
        foreach (var (stack, count, share) in Doubled)
            yield return Hint("memory-double", $"twice the micro-batch would not fit for {share:P0} of {count} rows of {stack}");
    }

    private static Verdict? Judge(MeasurementRow row, WorkloadResolver resolver, DeviceCatalog devices, RowMemory memory)
    {
        if (row.Observation is not { Recipe.MicroBatch: not null } observation || Resolve(observation, resolver) is not { } workload
            || workload.Setups.Select(setup => setup.Attention).Distinct().Count() != 1)
            return null;
        var limit = devices.Find(observation.Machine.Gpu).MemoryGib;
        var setup = memory.Settle(workload.Shape, workload.Setups[0], RowWords.Of(observation), limit);
        double PeakGib(int factor) => memory.Predict(
            workload.Shape, setup with { MicroBatch = factor * setup.MicroBatch }, observation.Stack.Name).Total.GiB;
        var peak = PeakGib(1);
        return new(observation.Name, workload.Keys.Stack ?? "unknown", peak <= limit, PeakGib(2) <= limit,
            observation.Memory?.PeakGib is { } measured ? Math.Abs(peak / measured - 1) : null);
    }

    private static Workload? Resolve(Observation observation, WorkloadResolver resolver)
    {
        try
        {
            return resolver.Resolve(observation);
        }
        catch (InputException)
        {
            return null;
        }
    }

    private static Finding Hint(string id, FormattableString sentence) => new(Severity.Hint, id, FormattableString.Invariant(sentence));

    private sealed record Verdict(string Id, string Stack, bool Fits, bool DoubleFits, double? Error);
}
