using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Measurements;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Tests.Loss;

namespace SlmPlanner.Tests.Training;

/// <summary>The counts of stalled pipelines against the measured rows: this test is what writes the file anew.</summary>
public sealed partial class StalledPipelinesTests
{
    private static readonly string Validation = Path.Combine(RepositoryProfiles.Folder, "validation");
    private static readonly ProfileStore Store = ProfileStore.Open(RepositoryProfiles.Folder);
    private static readonly JsonSerializerOptions Indented = new(ProfileJson.Default.Options) { WriteIndented = true };

    [Fact]
    public void The_file_is_what_the_rows_say() => Golden.EqualFile(
        JsonSerializer.Serialize(Counted(), Indented) + "\n",
        Path.Combine(RepositoryProfiles.Folder, StalledPipelinesFile.Name));

    /// <summary>Of two measured numbers as near the larger is taken, which stalls more often.</summary>
    [Theory]
    [InlineData(2, 8)]
    [InlineData(11, 8)]
    [InlineData(12, 16)]
    [InlineData(181, 128)]
    [InlineData(182, 256)]
    [InlineData(4096, 512)]
    public void The_nearest_number_of_devices_tells(int gpus, int measured) =>
        Assert.Equal(measured, StalledPipelinesFile.Read(Store)!.Near(gpus)!.Gpus);

    [Fact]
    public void Of_two_as_near_the_larger_tells() => Assert.Equal(16,
        new StalledPipelines(1, "", "", "", default, [new(4, 1, 0, 0, 0, 0), new(16, 1, 1, 1, 1, 1)]).Near(8)!.Gpus);

    [Fact]
    public void A_store_without_the_file_knows_nothing() =>
        Assert.Null(StalledPipelinesFile.Read(ProfileStore.Open(Path.Combine(RepositoryProfiles.Folder, "models"))));

    /// <summary>Rows with stages of the publication whose runs stalled, by number of devices, and those that are excluded for it.</summary>
    private static StalledPipelines Counted()
    {
        var late = Exclusions.Read(Path.Combine(Validation, "exclusions.csv"))
            .Where(excluded => excluded.Value.Contains("the run stalled", StringComparison.Ordinal))
            .ToDictionary(excluded => excluded.Key, excluded => double.Parse(
                SecondsLate().Match(excluded.Value).Groups[1].Value, CultureInfo.InvariantCulture));
        var rows = MeasurementCsv.Read(Path.Combine(Validation, "parallel.csv")).Select(row => row.Observation).OfType<Observation>()
            .Where(row => row.Mesh.Scheme is { Pipeline: > 1 }).ToList();
        var stalled = rows.Where(row => late.ContainsKey(row.Name)).ToList();
        var first = stalled[0];
        Assert.Equal(late.Count, stalled.Count);
        Assert.All(stalled, row => Assert.Equal((PublicationOf(first), first.Stack.Name, first.Machine.Gpu),
            (PublicationOf(row), row.Stack.Name, row.Machine.Gpu)));
        return new(
            FormatVersion(), Store.Stacks.Find(first.Stack.Name).Name!, Store.Datasheets.Find(first.Machine.Gpu).Name,
            $"{PublicationOf(first)}: rows with stages in validation/parallel.csv, of them those that validation/exclusions.csv "
            + "calls stalled",
            DateOnly.Parse(first.From.Date!, CultureInfo.InvariantCulture),
            [.. rows.Where(row => PublicationOf(row) == PublicationOf(first)).GroupBy(row => row.Machine.Gpus).OrderBy(group => group.Key)
                .Select(group => Count(group.Key, group.Count(), [.. group.Where(row => late.ContainsKey(row.Name))
                    .Select(row => late[row.Name]).Order()]))]);
    }

    private static StalledCount Count(int gpus, int pipelines, double[] late) =>
        new(gpus, pipelines, late.Length, late[0], late[late.Length / 2], late[^1]);

    /// <summary>The repository; its rows are of several files.</summary>
    private static string PublicationOf(Observation row) => row.From.Source!.Split(" assets/")[0];

    private static int FormatVersion() => Data.Json.FormatVersion.OfDataFiles;

    [GeneratedRegex(@"took about ([\d.]+) s")]
    private static partial Regex SecondsLate();
}
