using SlmPlanner.Core;
using SlmPlanner.Data.Files;
using SlmPlanner.Presentation.Plans;

namespace SlmPlanner.Planner.Tests.Presentation.Plans;

public sealed class PlanFolderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("slm-plan-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_report_folder_holds_the_plan_and_nothing_temporary()
    {
        var folder = Path.Combine(_root, "new", "report");
        PlanOutput.WriteFolder(ExamplePlan.Infeasible(), folder);
        Assert.Equal(PlanJson.Write(ExamplePlan.Infeasible()), File.ReadAllText(Path.Combine(folder, "plan.json")));
        Assert.DoesNotContain(Directory.GetFileSystemEntries(folder), path => path.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void A_report_replaces_the_files_of_an_older_one()
    {
        var plan = Path.Combine(_root, "plan.json");
        File.WriteAllText(plan, "old");
        PlanOutput.WriteFolder(ExamplePlan.Infeasible(), _root);
        Assert.NotEqual("old", File.ReadAllText(plan));
    }

    [Fact]
    public void An_unwritable_folder_is_bad_input_that_names_it()
    {
        var file = Path.Combine(_root, "file");
        File.WriteAllText(file, "");
        var folder = Path.Combine(file, "report");
        Assert.Contains(folder, Assert.Throws<InputException>(() => PlanOutput.WriteFolder(ExamplePlan.Infeasible(), folder)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_on_the_way_leaves_nothing()
    {
        var folder = Path.Combine(_root, "report");
        Assert.Throws<InvalidOperationException>(() => AtomicFolder.Write(folder, FilesThatFail()));
        Assert.False(Directory.Exists(folder));
    }

    private static IEnumerable<FolderFile> FilesThatFail()
    {
        yield return FolderFile.Text("first.txt", "first");
        throw new InvalidOperationException("the second can't be made");
    }
}
