using SlmPlanner.Core.Accuracy;
using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Workloads;
using SlmPlanner.Data.Measurements;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Planner.Requests;

namespace SlmPlanner.Tests.Fit;

/// <summary>A short form of <c>slm-plan validate --check</c>: two of its lines, worked out anew, against the committed figures.</summary>
public sealed class ShippedAccuracyTests
{
    private const double Covered = 0.85, TooMuchCovered = 0.97;

    [Theory]
    [InlineData(LeaveOut.Source)]
    [InlineData(LeaveOut.FirstThreeLearned)]
    public void The_committed_figures_are_those_of_the_shipped_fit(LeaveOut scheme)
    {
        var store = ProfileStore.Open(Repository.Profiles);
        var (workloads, _) = ShippedRows.Read(store);
        var report = ValidationRun.Run(
            workloads, [], PerformanceFiles.Read(store).Published, [scheme], FitOptions.Default, "test", _ => { },
            TestContext.Current.CancellationToken);
        var committed = AccuracyFile.Read(Path.Combine(Repository.Profiles, "validation", "accuracy.json"));
        Assert.Empty(report.WorseThan(committed));
        var (now, then) = (All(report, scheme), All(committed, scheme));
        Assert.Equal(then.Model.MeanError, now.Model.MeanError, 0.001);
        Assert.Equal(then.Coverage, now.Coverage, 0.01);
        Assert.InRange(now.Coverage, Covered, TooMuchCovered);
    }

    private static AccuracyLine All(AccuracyReport report, LeaveOut scheme) =>
        report.Lines.Single(line => line.Scheme == scheme && line.Slice == "all");
}
