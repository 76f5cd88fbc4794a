using CsCheck;
using Microsoft.Data.Sqlite;
using SlmPlanner.Core;
using SlmPlanner.Data.Store;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Evidence;

public sealed class EvidenceStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Place(string name = "evidence.db") => Path.Combine(_folder.Path, name);

    [Fact]
    public void What_is_kept_comes_back_with_where_it_was_learned()
    {
        using (var store = EvidenceStore.OpenToAdd(Place("deep/evidence.db")))
            Assert.Single(store.Add([Seen.Learned(Seen.Run())], Seen.Noon));
        using var reader = EvidenceStore.OpenToRead(Place("deep/evidence.db"));
        var kept = Assert.Single(reader.All());
        var seen = Seen.Run();
        Assert.Equal(
            seen with { Stack = kept.Observation.Stack, From = seen.From with { File = "run.log", Line = 12 } }, kept.Observation);
        Assert.Equal(seen.Stack.Versions, kept.Observation.Stack.Versions);
        Assert.Equal((EvidenceKind.Run, Seen.Noon, "run.log", 12, 40, null, true),
            (kept.Kind, kept.At, kept.File, kept.FirstLine, kept.LastLine, kept.By, kept.Counts));
    }

    [Fact]
    public void The_same_run_is_kept_once_whatever_its_name_file_and_time()
    {
        using var store = EvidenceStore.OpenToAdd(Place());
        Assert.Single(store.Add([Seen.Learned(Seen.Run("first"))], Seen.Noon));
        Assert.Empty(store.Add([Seen.Learned(Seen.Run("second"), "other.log")], Seen.Noon.AddDays(1)));
        Assert.Equal(("first", Seen.Noon), (store.All()[0].Observation.Name, store.All()[0].At));
    }

    /// <summary>The folder of a file and who measured are not asked for, so the bytes of the store may not hold them.</summary>
    [Fact]
    public void Nothing_personal_enters_unasked()
    {
        var seen = Seen.Run() with { From = new("own runs", By: "grace@lab", File: "/home/grace/x.log") };
        using (var store = EvidenceStore.OpenToAdd(Place()))
            store.Add([Seen.Learned(seen), Seen.Learned(Seen.Run("b", 9), null) with { By = "ada" }], Seen.Noon);
        var bytes = File.ReadAllText(Place(), System.Text.Encoding.Latin1);
        Assert.DoesNotContain("grace", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain("home", bytes, StringComparison.Ordinal);
        Assert.Contains("ada", bytes, StringComparison.Ordinal);
    }

    [Fact]
    public void A_drop_marks_and_can_be_taken_back()
    {
        using var store = EvidenceStore.OpenToAdd(Place());
        var id = store.Add([Seen.Learned(Seen.Run())], Seen.Noon)[0];
        store.Mark(id, "wrong GPU", dropped: true, Seen.Noon.AddHours(1), "ada");
        Assert.Equal(new DropMark(Seen.Noon.AddHours(1), "wrong GPU", "ada"), store.Find(id[..6]).Dropped);
        Assert.Empty(store.Add([Seen.Learned(Seen.Run())], Seen.Noon.AddHours(2)));
        Assert.False(store.Find(id).Counts);
        store.Mark(id, "", dropped: false, Seen.Noon.AddHours(3));
        Assert.True(store.Find(id).Counts);
    }

    [Fact]
    public void Merging_is_a_union_whichever_is_merged_into_which() =>
        Gen.Select(Seen.Few, Seen.Few, Gen.Int[0, 5]).Sample((left, right, dropped) =>
    {
        using var folder = new TemporaryFolder();
        string Made(string name, Learning[] runs, int hours)
        {
            var path = Path.Combine(folder.Path, name);
            using var store = EvidenceStore.OpenToAdd(path);
            foreach (var id in store.Add(runs, Seen.Noon.AddHours(hours)).Skip(dropped))
                store.Mark(id, "no", dropped: true, Seen.Noon.AddHours(hours + 1));
            return path;
        }
        var (a, b) = (Made("a.db", left, 0), Made("b.db", right, 2));
        File.Copy(a, a + ".copy");
        string[] into = [Merged(a, b), Merged(b, a + ".copy")];
        Assert.Equal(into[0], into[1]);
        Assert.Equal(into[0], Merged(a, b));
    }, iter: 8);

    private static string Merged(string into, string other)
    {
        using var store = EvidenceStore.OpenToAdd(into);
        store.Merge(other);
        return string.Join('\n', store.All().Select(kept => $"{kept.Id} {kept.At:O} {kept.File} {kept.Observation.Name} {kept.Dropped}"));
    }

    [Fact]
    public void Two_writers_at_once_lose_nothing()
    {
        Parallel.For(0, 2, new ParallelOptions { MaxDegreeOfParallelism = 2 }, writer =>
        {
            using var store = EvidenceStore.OpenToAdd(Place());
            for (var run = 0; run < 10; run++)
                Assert.Single(store.Add([Seen.Learned(Seen.Run(tokens: 1 + run + (100 * writer)))], Seen.Noon));
        });
        using var reader = EvidenceStore.OpenToRead(Place());
        Assert.Equal(20, reader.All().Count);
    }

    [Fact]
    public void An_id_that_is_unknown_or_stands_for_several_is_refused()
    {
        using var store = EvidenceStore.OpenToAdd(Place());
        store.Add(Enumerable.Range(1, 3).Select(run => Seen.Learned(Seen.Run(tokens: run))), Seen.Noon);
        Assert.Contains("too short", Assert.Throws<InputException>(() => store.Find("a")).Message, StringComparison.Ordinal);
        Assert.Contains("evidence list", Assert.Throws<InputException>(() => store.Find("zzzzzz")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_of_a_newer_program_is_refused_and_left_alone()
    {
        EvidenceStore.OpenToAdd(Place()).Dispose();
        Execute($"PRAGMA user_version = {StoreMigrations.CurrentVersion + 1}");
        var before = File.ReadAllBytes(Place());
        Assert.Equal(
            $"{Place()}: the store is of version {StoreMigrations.CurrentVersion + 1}, this program reads up to "
            + $"{StoreMigrations.CurrentVersion}: a newer program wrote it",
            Assert.Throws<InputException>(() => EvidenceStore.OpenToAdd(Place())).Message);
        Assert.Throws<InputException>(() => EvidenceStore.OpenToRead(Place()));
        Assert.Equal(before, File.ReadAllBytes(Place()));
    }

    [Theory]
    [InlineData("CREATE TABLE moz_places (id INTEGER)")]
    [InlineData("PRAGMA application_id = 77")]
    public void The_database_of_another_program_is_refused(string sql)
    {
        Execute(sql);
        Assert.Contains("another program", Assert.Throws<InputException>(() => EvidenceStore.OpenToAdd(Place())).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_database_or_missing_is_refused()
    {
        Assert.Contains("not a database",
            Assert.Throws<InputException>(() => EvidenceStore.OpenToRead(_folder.Write("text.db", new string('x', 5000)))).Message,
            StringComparison.Ordinal);
        Assert.Contains("no such file", Assert.Throws<InputException>(() => EvidenceStore.OpenToRead(Place("none.db"))).Message,
            StringComparison.Ordinal);
    }

    /// <summary>The steps are numbered without gaps, since a file states only the last it took.</summary>
    [Fact]
    public void Steps_are_numbered_from_one() =>
        Assert.Equal(Enumerable.Range(1, StoreMigrations.CurrentVersion), StoreMigrations.All.Select(step => step.Version));

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Place()};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
