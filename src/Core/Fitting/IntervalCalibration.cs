using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Fitting;

/// <summary>
/// Finds how wide intervals must be, level by level, from rows whose model, stack or device was left out. A stack's own rows decide its
/// width where there are enough; how fast its intervals grow with the level is that of all rows, since few rows don't show a tail.
/// </summary>
internal static class IntervalCalibration
{
    private const int FewestForStack = 15;

    /// <summary>The scales for a fit.</summary>
    /// <param name="residuals">Its residuals.</param>
    /// <param name="workloads">The rows' workloads, in the same order.</param>
    public static IntervalScales Of(LeaveOutResiduals residuals, IReadOnlyList<Workload> workloads)
    {
        var byModel = residuals.Standardised([.. workloads.Select(workload => workload.ModelKey)]);
        var known = IntervalScale.Of(byModel);
        var byStack = workloads.Zip(byModel).GroupBy(row => row.First.Keys.Stack ?? "", row => row.Second)
            .Where(stack => stack.Count() >= FewestForStack)
            .ToDictionary(stack => stack.Key, stack => known.WithWidthOf(stack));
        return new(
            known,
            IntervalScale.Of(residuals.Standardised([.. workloads.Select(workload => workload.Keys.Stack ?? "")])),
            IntervalScale.Of(residuals.Standardised([.. workloads.Select(workload => workload.Device)])),
            byStack);
    }
}
