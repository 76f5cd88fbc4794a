using CsCheck;
using Microsoft.Data.Sqlite;
using SlmPlanner.Core;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Store;
using SlmPlanner.Planner.Tests.Commands;
using SlmPlanner.Planner.Tests.Logs;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Evidence;

/// <summary>How a learned run went: what is kept of it, how it merges, and stores of before there were curves.</summary>
public sealed class RunCurveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Place(string name = "evidence.db") => Path.Combine(_folder.Path, name);

    /// <summary>Steps 0 to 99 of 1,000 tokens and 0.5 s each, with a loss of 8 less a hundredth of the step.</summary>
    [Fact]
    public void A_short_log_is_kept_step_by_step()
    {
        var curve = Of(100, _ => 0.5f)!;
        Assert.Equal(100, curve.Points.Count);
        Assert.Equal(new(0, 1000, 0.5, 8), curve.Points[0]);
        Assert.Equal(new(99, 100_000, 0.5, 7.01), curve.Points[^1]);
        Assert.Equal(1000, curve.TokensPerStep);
        Assert.Equal(7.505, curve.LossAt(50_500)!.Value, 9);
        Assert.Null(curve.LossAt(999));
        Assert.Null(curve.LossAt(100_001));
    }

    /// <summary>Of a long log each moment holds the medians since the one before, so that one slow step does not show.</summary>
    [Fact]
    public void A_long_log_is_kept_in_medians() => Gen.Int[201, 5000].Sample(steps =>
    {
        var curve = Of(steps, step => step % 50 == 7 ? 9 : 0.25f)!;
        Assert.InRange(curve.Points.Count, RunCurve.MostPoints / 2, RunCurve.MostPoints);
        Assert.Equal(steps - 1, curve.Points[^1].Step);
        Assert.Equal(1000.0 * steps, curve.Points[^1].Tokens);
        Assert.True(steps < 1000 || curve.Points.SkipLast(1).All(point => point.StepSeconds == 0.25));
        Assert.All(curve.Points.Zip(curve.Points.Skip(1)), pair => Assert.True(pair.First.Loss >= pair.Second.Loss));
    }, iter: 50);

    [Fact]
    public void A_curve_comes_back_as_it_was_kept_and_merges_once()
    {
        var curve = Of(30, _ => 0.5f)!;
        foreach (var name in new[] { "a.db", "b.db" })
            using (var store = EvidenceStore.OpenToAdd(Place(name)))
                Assert.Single(store.Add([Seen.Learned(Seen.Run()) with { Curve = curve }], Seen.Noon));
        using var into = EvidenceStore.OpenToAdd(Place("a.db"));
        Assert.Equal(0, into.Merge(Place("b.db"))["curve"]);
        Assert.Equal(curve.Points, into.CurveOf(into.All()[0].Id)!.Points);
    }

    /// <summary>
    /// A store as the version before wrote it is read as it is, and gets the table when something is added; the run that it had gets its
    /// curve when it is learned again.
    /// </summary>
    [Fact]
    public void A_store_of_before_there_were_curves_is_read_and_brought_up_to_date()
    {
        using (var store = EvidenceStore.OpenToAdd(Place()))
            store.Add([Seen.Learned(Seen.Run())], Seen.Noon);
        Execute("DROP TABLE curve; PRAGMA user_version = 3");
        using (var old = EvidenceStore.OpenToRead(Place()))
            Assert.Null(old.CurveOf(Assert.Single(old.All()).Id));
        Assert.Equal(3L, Number("PRAGMA user_version"));
        using (var store = EvidenceStore.OpenToAdd(Place()))
        {
            Assert.Empty(store.Add([Seen.Learned(Seen.Run()) with { Curve = Of(30, _ => 0.5f) }], Seen.Noon.AddDays(1)));
            Assert.Equal(30, store.CurveOf(Assert.Single(store.All()).Id)!.Points.Count);
        }
        Assert.Equal((long)StoreMigrations.CurrentVersion, Number("PRAGMA user_version"));
    }

    [Fact]
    public void A_broken_curve_names_the_run()
    {
        using (var store = EvidenceStore.OpenToAdd(Place()))
            store.Add([Seen.Learned(Seen.Run()) with { Curve = Of(30, _ => 0.5f) }], Seen.Noon);
        Execute("""UPDATE curve SET points = '{"step":[1,2],"tokens":[1],"step_seconds":[1,2],"loss":[1,2]}'""");
        using var broken = EvidenceStore.OpenToRead(Place());
        var id = broken.All()[0];
        Assert.Contains($"the curve of observation {id.ShortId}", Assert.Throws<InputException>(() => broken.CurveOf(id.Id)).Message,
            StringComparison.Ordinal);
    }

    /// <summary>The fixture was made with steps of 131,072 tokens at 16,000 tokens per second and GPU on 8 GPUs.</summary>
    [Fact]
    public void A_learned_log_leaves_its_curve()
    {
        Assert.Equal(0, CommandRun.Of("learn", LogFixtures.Of("torchtitan.log"), "--evidence", Place()).ExitCode);
        using var store = EvidenceStore.OpenToRead(Place());
        var kept = Assert.Single(store.All());
        var lines = CommandRun.Of("evidence", "curve", kept.Id[..8], "--evidence", Place(), "--format", "csv").Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("step,tokens,step_time_s,loss", lines[0]);
        Assert.Equal(31 + 1, lines.Length);
        var last = lines[^1].Split(',').Select(cell => double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(131072 * last[0], last[1]);
        Assert.InRange(last[2], 131072 / 8.0 / 16000 * 0.95, 131072 / 8.0 / 16000 * 1.05);
    }

    [Fact]
    public void A_run_without_a_curve_says_why()
    {
        using (var store = EvidenceStore.OpenToAdd(Place()))
            store.Add([Seen.Learned(Seen.Run())], Seen.Noon);
        using var reader = EvidenceStore.OpenToRead(Place());
        var run = CommandRun.Of("evidence", "curve", reader.All()[0].ShortId, "--evidence", Place());
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("has no curve", run.Errors, StringComparison.Ordinal);
    }

    private static RunCurve? Of(int steps, Func<int, float> seconds)
    {
        var run = new RunRecorder("made");
        run.Fact(RunField.TokensPerStep, 1000);
        for (var step = 0; step < steps; step++)
            run.Step(new(step) { Seconds = seconds(step), Loss = 8 - step / 100f });
        var log = run.Done();
        var steady = SteadyState.Of(log);
        return RunCurve.Of(log, steady, RunNumbers.Of(log, steady, null, null));
    }

    private void Execute(string sql) => Number(sql);

    private object? Number(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Place()};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
