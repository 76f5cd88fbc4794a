using SlmPlanner.Data.History;
using SlmPlanner.Data.Store;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Evidence;

/// <summary>The history that the calibrator kept before there was a store: absorbed, read on, never deleted.</summary>
public sealed class OldHistoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_store_absorbs_it_once_and_leaves_it_as_it_is()
    {
        var (history, store) = (Copy(), Path.Combine(_folder.Path, "new", "evidence.db"));
        var before = File.ReadAllBytes(history);
        StorePlace.Absorb(history, store);
        StorePlace.Absorb(history, store);
        Assert.Equal(before, File.ReadAllBytes(history));
        Assert.Equivalent(Runs(history), Runs(store));
        Assert.Single(Runs(store));
    }

    [Fact]
    public void Without_one_no_store_is_made()
    {
        StorePlace.Absorb(Path.Combine(_folder.Path, "history.db"), Path.Combine(_folder.Path, "evidence.db"));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void It_becomes_a_store_where_a_run_is_added_to_it()
    {
        var history = Copy();
        var run = Runs(history)[0];
        using (var store = new HistoryStore(history))
            store.Add(run with { Device = "other" });
        Assert.Equal([run.Device, "other"], Runs(history).Select(entry => entry.Device));
        using var evidence = EvidenceStore.OpenToRead(history);
        Assert.Empty(evidence.All());
    }

    private string Copy()
    {
        var path = Path.Combine(_folder.Path, "history.db");
        File.Copy(Version1.File("history.db"), path);
        return path;
    }

    private static IReadOnlyList<HistoryEntry> Runs(string path)
    {
        using var reader = new HistoryReader(path);
        return reader.All();
    }
}
