using SlmPlanner.Core;
using SlmPlanner.Core.Findings;
using SlmPlanner.Data.History;
using SlmPlanner.Tests;

namespace SlmPlanner.Calibrator.Tests;

public sealed class HistoryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("history").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static HistoryEntry Entry(string device, params (string Name, double Value)[] numbers) => new()
    {
        At = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero),
        Machine = "host",
        Device = device,
        Versions = "1",
        Settings = "5 min",
        Folder = "/tmp/run",
        Bursts = 30,
        HeldOutError = 0.05,
        Numbers = numbers.ToDictionary(number => number.Name, number => number.Value),
    };

    [Fact]
    public void A_run_comes_back_as_it_was_kept()
    {
        var path = Path.Combine(_folder, "deep", "history.db");
        using var store = new HistoryStore(path);
        var entry = Entry("cpu", ("matmul_per_s", 1e11));
        var id = store.Add(entry);
        store.Add(entry with { HeldOutError = null });
        using var reader = new HistoryReader(path);
        var read = reader.Get(id);
        Assert.Equal(entry with { Id = id, Numbers = read.Numbers }, read);
        Assert.Equal(entry.Numbers, read.Numbers);
        Assert.Equal([0.05, null], reader.All().Select(run => run.HeldOutError));
    }

    [Fact]
    public void An_unknown_run_and_a_file_that_is_no_database_are_refused()
    {
        using (var reader = new HistoryReader(Path.Combine(_folder, "h.db")))
            Assert.Throws<InputException>(() => reader.Get(99));
        var file = Path.Combine(_folder, "text.db");
        File.WriteAllText(file, new string('x', 5000));
        Assert.Throws<InputException>(() => new HistoryStore(file));
        Assert.Throws<InputException>(() => new HistoryReader(file));
    }

    [Fact]
    public void A_history_that_is_not_there_has_no_runs_and_is_not_made()
    {
        using var reader = new HistoryReader(Path.Combine(_folder, "none", "history.db"));
        Assert.Empty(reader.All());
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    /// <summary>Neither a store nor a history of the first programs, which stated no version.</summary>
    [Fact]
    public void Reading_changes_nothing_in_the_file()
    {
        var (store, history) = (Path.Combine(_folder, "h.db"), Path.Combine(_folder, "old.db"));
        using (var kept = new HistoryStore(store))
            kept.Add(Entry("cpu"));
        File.Copy(Version1.File("history.db"), history);
        foreach (var path in new[] { store, history })
        {
            var before = File.ReadAllBytes(path);
            using (var reader = new HistoryReader(path))
                Assert.Single(reader.All());
            Assert.Equal(before, File.ReadAllBytes(path));
        }
    }

    [Fact]
    public void A_file_in_which_no_program_made_the_table_yet_has_no_runs()
    {
        var path = Path.Combine(_folder, "h.db");
        File.WriteAllBytes(path, []);
        using var reader = new HistoryReader(path);
        Assert.Empty(reader.All());
    }

    [Fact]
    public void Two_runs_are_compared_number_by_number()
    {
        var changes = HistoryComparison.Compare(Entry("cpu", ("a", 2), ("b", 1)), Entry("cpu", ("a", 3), ("c", 1)));
        Assert.Equal([("a", 0.5), ("b", null), ("c", (double?)null)], changes.Select(change => (change.Name, change.Change)));
    }

    [Fact]
    public void A_device_that_lost_a_tenth_of_its_rates_is_flagged()
    {
        var before = Entry("cpu", ("x_per_s", 100), ("y_per_s", 10), ("z_per_s", 1)) with { Id = 1 };
        var same = Entry("cpu", ("x_per_s", 95), ("y_per_s", 9.6), ("z_per_s", 0.5));
        var slower = Entry("cpu", ("x_per_s", 80), ("y_per_s", 8.5), ("z_per_s", 1));
        Assert.Null(HistoryComparison.Slower([before], same));
        Assert.Equal("device-slower", HistoryComparison.Slower([before], slower)?.Id);
        Assert.Null(HistoryComparison.Slower([before with { Device = "other" }], slower));
        Assert.Null(HistoryComparison.Slower([], slower));
    }

    /// <summary>Of the ratios 0.7 and 1 the median is 0.85, which is slower by more than a tenth; the upper one would pass.</summary>
    [Fact]
    public void The_median_of_an_even_count_is_the_mean_of_the_middle_two()
    {
        var before = Entry("cpu", ("x_per_s", 100), ("y_per_s", 10)) with { Id = 1 };
        var after = Entry("cpu", ("x_per_s", 70), ("y_per_s", 10));
        Assert.Equal(0.85, Assert.IsType<DeviceSlower>(HistoryComparison.Slower([before], after)).Ratio, 9);
    }
}
