using SlmPlanner.Data.Measurements;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Evidence;

public sealed class ObservationCsvTests
{
    /// <summary>The shipped rows use every column and every spelling: written and read again they are the same rows.</summary>
    [Theory]
    [InlineData("measured.csv")]
    [InlineData("memory_reports.csv")]
    public void What_is_written_is_read_again(string file)
    {
        using var folder = new TemporaryFolder();
        var rows = MeasurementCsv.Read(Path.Combine(Repository.Profiles, "validation", file))
            .Where(row => row.Observation is not null).Select(row => row.Observation!).ToList();
        var again = MeasurementCsv.Read(folder.Write(file, ObservationCsv.Text(rows))).Select(row => row.Observation).ToList();
        Assert.Equal(rows.Count, again.Count);
        foreach (var (before, after) in rows.Zip(again))
        {
            var unit = before.Memory is { } memory ? memory with { Unit = after!.Memory?.Unit, PeakGib = after.Memory?.PeakGib } : null;
            Assert.Equal(before with { From = after!.From, Memory = unit }, after);
            Assert.Equal(before.Memory?.PeakGib ?? 0, after.Memory?.PeakGib ?? 0, 1e-9);
            Assert.Equal((before.From.Source, before.From.Date), (after.From.Source, after.From.Date));
        }
    }
}
