using System.Text.Json;
using SlmPlanner.Data.Store;
using SlmPlanner.Planner.Tests.Commands;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Evidence;

public sealed class EvidenceCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _store;
    private readonly string _id;

    public EvidenceCommandTests()
    {
        _store = Path.Combine(_folder.Path, "evidence.db");
        using var store = EvidenceStore.OpenToAdd(_store);
        _id = store.Add([Seen.Learned(Seen.Run())], Seen.Noon)[0];
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_listed_shown_dropped_and_counted_again()
    {
        Assert.Equal(1, Listed());
        Assert.Contains("\"lines\"", Run("show", _id[..8], "--format", "json").Output, StringComparison.Ordinal);
        Assert.Equal(2, Run("drop", _id[..8]).ExitCode);
        Assert.Equal(0, Run("drop", _id[..8], "--reason", "wrong GPU").ExitCode);
        Assert.Equal((0, 1), (Listed(), Listed("--dropped")));
        Assert.Contains("wrong GPU", Run("list", "--dropped", "--format", "csv").Output, StringComparison.Ordinal);
        Assert.Equal(0, Run("drop", _id[..8], "--undo").ExitCode);
        Assert.Equal(1, Listed());
    }

    [Fact]
    public void Another_store_is_merged_and_what_counts_is_exported()
    {
        var other = Path.Combine(_folder.Path, "other.db");
        using (var store = EvidenceStore.OpenToAdd(other))
            store.Add([Seen.Learned(Seen.Run("more", 77))], Seen.Noon);
        Assert.Equal(0, Run("merge", other).ExitCode);
        Assert.Equal(2, Listed());
        Assert.Equal(3, Run("export").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        var lines = Path.Combine(_folder.Path, "runs.jsonl");
        Assert.Equal(0, Run("export", "--out", lines).ExitCode);
        Assert.Equal(2, File.ReadAllLines(lines).Length);
    }

    [Fact]
    public void Without_a_store_there_is_nothing_to_list_and_nothing_to_show()
    {
        Assert.Empty(JsonDocument.Parse(CommandRun.Of("evidence", "list", "--format", "json").Output).RootElement
            .GetProperty("observations").EnumerateArray());
        Assert.Equal(2, CommandRun.Of("evidence", "show", "abcdef").ExitCode);
        Assert.Equal(2, CommandRun.Of("evidence", "merge", _store).ExitCode);
    }

    private int Listed(params string[] more)
    {
        using var document = JsonDocument.Parse(Run(["list", "--format", "json", .. more]).Output);
        return document.RootElement.GetProperty("observations").GetArrayLength();
    }

    private CommandRun Run(params string[] args) => CommandRun.Of(["evidence", .. args, "--evidence", _store]);
}
