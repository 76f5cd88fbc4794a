using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Probes;

namespace SlmPlanner.Presentation.Plans.Charts;

/// <summary>The charts of a plan, in the order of the report; those without data are left out.</summary>
internal static class PlanCharts
{
    /// <summary>All charts that the plan has data for.</summary>
    public static IReadOnlyList<Chart> Of(PlanResult result) =>
    [
        .. new Chart?[]
        {
            CostTimeChart.Of(result),
            CostIntervalChart.Of(result),
            CostRiskChart.Of(result),
            result.MeasureFirst is { } probes ? RegretChart.Of(probes) : null,
            TornadoChart.Of(result),
            GpuCountChart.Of(result),
            MicroBatchChart.Of(result),
            StepTimeWaterfall.Of(result),
            MemoryWaterfall.Of(result),
            LossChart.Of(result),
        }.OfType<Chart>(),
    ];
}
