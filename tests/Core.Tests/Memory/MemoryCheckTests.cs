using SlmPlanner.Core.Accuracy;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Workloads;
using SlmPlanner.Data.Measurements;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Tests.Models;

namespace SlmPlanner.Tests.Memory;

/// <summary>The figures that <c>slm-plan validate</c> prints of memory, through the same reader and resolver as predictions.</summary>
public sealed class MemoryCheckTests
{
    private static readonly MemoryCheck Shipped = Check();

    [Fact]
    public void No_row_that_ran_is_refused()
    {
        Assert.InRange(Shipped.Judged, 460, 562);
        Assert.Empty(Shipped.Refused);
    }

    /// <summary>All 102, the three that the data call outliers included.</summary>
    [Fact]
    public void Reported_peaks_are_within_seven_per_cent_with_outliers_included()
    {
        Assert.Equal(102, Shipped.Reported);
        Assert.InRange(Shipped.MeanError, 0.02, 0.07);
    }

    [Fact]
    public void Each_figure_is_a_finding()
    {
        var ids = Shipped.Findings().Select(finding => finding.Id).ToList();
        Assert.Equal(["memory-peak", "memory-fits"], ids.Take(2));
        Assert.Equal(Shipped.Doubled.Count, ids.Count(id => id == "memory-double"));
        Assert.Contains(Shipped.Doubled, stack => stack.Stack == "llm-foundry" && stack.Share > 0.5);
    }

    private static MemoryCheck Check()
    {
        var store = ProfileStore.Open(ShippedModels.Profiles);
        return MemoryCheck.Of(
            MeasurementCsv.Read(Path.Combine(ShippedModels.Profiles, "validation", "measured.csv")),
            new WorkloadResolver(store.Devices, store.Stacks, Publications.Read(store)), store.Devices, new RowMemory(store.Memory));
    }
}
