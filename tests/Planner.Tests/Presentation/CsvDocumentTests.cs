using SlmPlanner.Planner.Tests.Presentation.Plans;
using SlmPlanner.Presentation.Plans;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Presentation;

/// <summary>docs/rows.md names every column of the files that are shipped or written.</summary>
public sealed class CsvDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "rows.md"));

    public static TheoryData<string> Shipped => [.. Directory.EnumerateFiles(Repository.Profiles, "*.csv", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Repository.Profiles, path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Every_column_of_a_shipped_file_is_described(string file) =>
        Described(File.ReadLines(Path.Combine(Repository.Profiles, file)).First());

    [Fact]
    public void Every_column_of_the_candidates_is_described() => Described(CandidateCsv.Write(ExamplePlan.Feasible()).Split('\n')[0]);

    private static void Described(string header) =>
        Assert.All(header.TrimEnd('\r').Split(','), column => Assert.Contains($"`{column}`", Document, StringComparison.Ordinal));
}
