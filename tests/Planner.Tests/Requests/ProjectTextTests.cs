using SlmPlanner.Core;
using SlmPlanner.Data.Economics;
using SlmPlanner.Planner.Requests;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Requests;

public sealed class ProjectTextTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Counts_of_a_size_and_shares_are_both_in_final_runs()
    {
        var project = Parse("ablations=20@0.01,seeds=2,trials=0.3,contingency=0.8,data_usd=500");
        Assert.Equal((0.2, 2.0, 0.3, 0.8, 500.0),
            (Math.Round(project.Ablations, 9), project.Seeds, project.Trials, project.Contingency, project.DataUsd));
        Assert.Equal(["failed-runs", "evaluation", "storage"], project.Assumed);
    }

    [Fact]
    public void A_file_says_the_same() => Assert.Equivalent(
        Parse("ablations=20@0.01,seeds=2"), Parse(_folder.Write("project.json", """{"ablations": "20@0.01", "seeds": 2}""")));

    [Theory]
    [InlineData("ablation=3", "ablations")]
    [InlineData("seeds=x", "allowed 0 to 1000")]
    [InlineData("ablations=20@big", "COUNT@SIZE")]
    [InlineData("contingency=1", "allowed 0.5 to 0.99")]
    [InlineData("seeds", "expected name=value")]
    public void A_text_that_can_not_be_read_is_refused_with_what_is_allowed(string text, string part) =>
        Assert.Contains(part, Assert.Throws<InputException>(() => Parse(text)).Message, StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    private static Core.Economics.Project.ProjectDemand Parse(string text) =>
        ProjectText.Parse(text, ProjectFile.Read(Repository.Profiles));
}
