using SlmPlanner.Core.Accuracy;
using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Workloads;
using SlmPlanner.Data.Measurements;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Tests.Fit;

/// <summary>Rows whose set-up the fit chose teach and are not judged.</summary>
public sealed class BestPointsTests
{
    private static readonly ProfileStore Store = ProfileStore.Open(Repository.Profiles);

    private static readonly Workload[] Rows =
    [
        .. MeasurementSelection.Select(
            Store.Files("validation", "measured*.csv").SelectMany(MeasurementCsv.Read),
            new WorkloadResolver(Store.Datasheets, Store.Stacks, Publications.Read(Store)),
            Exclusions.Read(Path.Combine(Repository.Profiles, "validation", "exclusions.csv")), FitOptions.Default).Workloads,
    ];

    [Fact]
    public void All_of_them_are_fitted()
    {
        var best = Rows.Where(row => row.Observation.BestOf is not null).ToList();
        Assert.Equal(MeasurementCsv.Read(Path.Combine(Repository.Profiles, "validation", "measured_maxima.csv")).Count, best.Count);
        Assert.All(best, row => Assert.StartsWith("fig", row.Observation.BestOf, StringComparison.Ordinal));
        Assert.Single(best.Select(row => row.Publication).Distinct());
    }

    /// <summary>They leave with their publication, and are no first run of it.</summary>
    [Theory]
    [InlineData(LeaveOut.Source, 0)]
    [InlineData(LeaveOut.SourceButOne, 1)]
    [InlineData(LeaveOut.FirstLearned, 1)]
    [InlineData(LeaveOut.FirstThreeLearned, 3)]
    public void They_are_left_out_with_their_publication(LeaveOut scheme, int kept)
    {
        var publication = Rows.First(row => row.Observation.BestOf is not null).Publication;
        int[] own = [.. Enumerable.Range(0, Rows.Length).Where(row => Rows[row].Publication == publication)];
        var left = LeaveOutGroups.Split(scheme, Rows).Single(group => group.Rows.Any(row => Rows[row].Observation.BestOf is not null)).Rows;
        Assert.Equal(own.Length - kept, left.Length);
        Assert.All(own.Except(left), row => Assert.True(Rows[row].Observation.IsJudged));
    }
}
