using Microsoft.Data.Sqlite;
using SlmPlanner.Core;
using SlmPlanner.Data.History;
using SlmPlanner.Data.Measurements.Runs;
using SlmPlanner.Tests;

namespace SlmPlanner.Calibrator.Tests.Compatibility;

public sealed class FirstVersionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Measurements_are_read_whole()
    {
        var (lines, problems) = MeasurementLog.Read(Version1.File("measurements.jsonl"));
        Assert.Empty(problems);
        Assert.Equal("host", lines[0].Environment!.Machine);
        Assert.Equal(6, lines[1].Micro!.Count);
        Assert.Equal([false, true], lines.Skip(2).Select(line => line.HeldOut));
        Assert.All(lines.Skip(2), line => Assert.Equal(3, line.Burst!.Samples.Count));
    }

    [Fact]
    public void Measurements_of_a_newer_program_are_refused_for_their_version()
    {
        var path = _folder.Write("measurements.jsonl", Version1.AsNewer("measurements.jsonl", MeasurementLine.CurrentVersion + 1));
        Assert.Equal(
            $"{path}, line 1: schema_version is {MeasurementLine.CurrentVersion + 1}, this program reads "
            + $"{MeasurementLine.CurrentVersion}: a newer program wrote it",
            Assert.Throws<InputException>(() => MeasurementLog.Read(path)).Message);
    }

    [Fact]
    public void The_history_is_read_and_can_be_added_to()
    {
        var path = Copy("history.db");
        using (var reader = new HistoryReader(path))
        using (var store = new HistoryStore(path))
        {
            var run = Assert.Single(reader.All());
            Assert.Equal(("host", 45), (run.Machine, run.Bursts));
            store.Add(run);
        }
        using var again = new HistoryReader(path);
        Assert.Equal(2, again.All().Count);
    }

    [Fact]
    public void A_history_of_a_newer_program_is_refused_and_left_alone()
    {
        var path = Copy("history.db");
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 2";
            command.ExecuteNonQuery();
        }
        var before = File.ReadAllBytes(path);
        Assert.Equal(
            $"{path}: schema_version is 2, this program reads 1: a newer program wrote it",
            Assert.Throws<InputException>(() => new HistoryStore(path)).Message);
        Assert.Throws<InputException>(() => new HistoryReader(path));
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    public void Dispose() => _folder.Dispose();

    private string Copy(string name)
    {
        var path = Path.Combine(_folder.Path, name);
        File.Copy(Version1.File(name), path);
        return path;
    }
}
