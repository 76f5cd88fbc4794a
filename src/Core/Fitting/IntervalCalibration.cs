using SlmPlanner.Core.Time;
using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Fitting;

/// <summary>
/// Finds how wide intervals must be, level by level, from rows whose model, publication, stack or device was left out. A publication counts
/// by its rows to the power of ¾: its rows err together, but a reader asks for rows, so this stands halfway between √rows and rows. A
/// stack's own rows decide its width where there are enough; how fast its intervals grow with the level is that of all rows, since few
/// rows don't show a tail. Rows whose set-up the fit chose are not asked.
/// </summary>
internal static class IntervalCalibration
{
    private const int FewestForStack = 15;
    private const double PowerOfPublication = 0.75;

    /// <summary>The scales for a fit.</summary>
    /// <param name="residuals">Its residuals.</param>
    /// <param name="workloads">The rows' workloads, in the same order.</param>
    public static IntervalScales Of(LeaveOutResiduals residuals, IReadOnlyList<Workload> workloads)
    {
        int[] judged = [.. Enumerable.Range(0, workloads.Count).Where(row => workloads[row].Observation.IsJudged)];
        Workload[] rows = [.. judged.Select(row => workloads[row])];
        double[] Standardised(Func<Workload, string> group)
        {
            var all = residuals.Standardised([.. workloads.Select(group)]);
            return [.. judged.Select(row => all[row])];
        }
        double[] weights = Weights(rows);
        var byModel = Standardised(workload => workload.ModelKey);
        var large = LargeStacks(rows);
        var few = Enumerable.Range(0, rows.Length).Where(row => !large.Contains(rows[row].Keys.Stack ?? "")).ToArray();
        var known = few.Length < FewestForStack
            ? IntervalScale.Of(byModel, weights)
            : IntervalScale.Of(few.Select(row => byModel[row]), few.Select(row => weights[row]));
        return new(
            known,
            IntervalScale.Of(Standardised(workload => workload.Keys.Stack ?? ""), weights),
            IntervalScale.Of(Standardised(workload => workload.Device), weights),
            ByStack(rows, large, byModel, known),
            rows.Any(workload => workload.Publication is not null)
                ? IntervalScale.Of(Standardised(workload => workload.Publication ?? ""), weights)
                : null);
    }

    /// <summary>
    /// The same of runs that share the model among ranks: other sizes or numbers of devices of their publication, and other publications.
    /// </summary>
    /// <param name="scales">The scales of whole models.</param>
    /// <param name="residuals">Residuals of the rows.</param>
    /// <param name="workloads">The rows' workloads, in the same order; at least one.</param>
    /// <param name="given">Variance of each by what whole models tell.</param>
    public static IntervalScales OfShared(
        IntervalScales scales, LeaveOutResiduals residuals, IReadOnlyList<Workload> workloads, IReadOnlyList<double> given)
    {
        double[] Standardised(Func<Workload, string> group) => residuals.Standardised([.. workloads.Select(group)], given);
        var weights = Weights(workloads);
        var near = Standardised(workload => $"{workload.Publication}: {workload.ModelKey} on {workload.Observation.Machine.Gpus}");
        var known = IntervalScale.Of(near, weights);
        return scales with
        {
            Shared = known,
            SharedByStack = ByStack(workloads, LargeStacks(workloads), near, known),
            SharedElsewhere = IntervalScale.Of(Standardised(workload => workload.Publication ?? ""), weights),
        };
    }

    /// <summary>The width of each stack with rows enough, by its own rows.</summary>
    private static Dictionary<string, IntervalScale> ByStack(
        IReadOnlyList<Workload> rows, HashSet<string> large, IReadOnlyList<double> standardised, IntervalScale known) =>
        rows.Zip(standardised).GroupBy(row => row.First.Keys.Stack ?? "", row => row.Second)
            .Where(stack => large.Contains(stack.Key)).ToDictionary(stack => stack.Key, stack => known.WithWidthOf(stack));

    private static HashSet<string> LargeStacks(IReadOnlyList<Workload> rows) =>
        rows.CountBy(workload => workload.Keys.Stack ?? "").Where(stack => stack.Value >= FewestForStack)
            .Select(stack => stack.Key).ToHashSet(StringComparer.Ordinal);

    private static double[] Weights(IReadOnlyList<Workload> workloads)
    {
        var rows = workloads.CountBy(workload => workload.Publication ?? "").ToDictionary();
        return [.. workloads.Select(workload => Math.Pow(rows[workload.Publication ?? ""], PowerOfPublication - 1))];
    }
}
