using System.Globalization;
using System.Text.Json;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Data.Measurements;
using SlmPlanner.Data.Store;
using SlmPlanner.Planner.Tests.Commands;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Evidence;

/// <summary>
/// Learned runs that share a name, or all they say, with a shipped row or with each other: each counts once, and none is left out silently.
/// </summary>
public sealed class RepeatedRowTests : IDisposable
{
    private const double Slower = 0.9;
    private static readonly Observation Shipped = MeasurementCsv.Read(Path.Combine(Repository.Profiles, "validation", "measured.csv"))
        .Select(row => row.Observation).OfType<Observation>().First(row => row.Name == "nc_d20_run1");
    private readonly TemporaryFolder _folder = new();
    private readonly string _store;
    private readonly string _asked;

    public RepeatedRowTests()
    {
        _store = Path.Combine(_folder.Path, "evidence.db");
        _asked = _folder.Write("asked.csv", ObservationCsv.Text([Shipped with { Speed = null }]));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_that_has_the_name_of_a_shipped_row_counts()
    {
        Learn(Shipped with { Speed = new(Slower * Shipped.TokensPerSecondPerGpu!.Value) });
        var (before, after) = (Tokens("none"), Tokens(_store));
        Assert.True(after.Tokens < before.Tokens, $"{after.Tokens} after, {before.Tokens} before");
        Assert.Contains("1 learned run of evidence.db", after.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("can't be used", after.Said, StringComparison.Ordinal);
    }

    /// <summary>Of two runs of one name both count: the second slows the prediction further.</summary>
    [Fact]
    public void Runs_of_one_name_count_each()
    {
        var slow = Shipped with { Name = "train.log", Speed = new(Slower * Shipped.TokensPerSecondPerGpu!.Value) };
        Learn(slow);
        var one = Tokens(_store).Tokens;
        Learn(slow with { Speed = new(0.98 * slow.TokensPerSecondPerGpu!.Value) });
        var both = Tokens(_store);
        Assert.True(both.Tokens < one, $"{both.Tokens} with both, {one} with one");
        Assert.Contains("2 learned runs", both.Said, StringComparison.Ordinal);
    }

    /// <summary>A shipped row learned as one's own, by another name, changes no prediction and is said to be left out, and why.</summary>
    [Fact]
    public void A_shipped_row_counts_once_and_that_is_said()
    {
        var again = Shipped with { Name = "mine" };
        Learn(again);
        var (before, after) = (Tokens("none"), Tokens(_store));
        Assert.Equal(before.Tokens, after.Tokens);
        Assert.Contains("the shipped row nc_d20_run1 says the same and counts already", after.Said, StringComparison.Ordinal);
        var learned = CommandRun.Of("learn", "--rows", _folder.Write("mine.csv", ObservationCsv.Text([again])), "--evidence", _store,
            "--dry-run", "--format", "json");
        Assert.Contains("nc_d20_run1", JsonDocument.Parse(learned.Output).RootElement.GetProperty("observations")[0].GetProperty("notes")
            .ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_shares_its_model_moves_no_prediction_of_a_whole_one()
    {
        Learn(Shipped with { Name = "split", Mesh = new(Shipped.Mesh.Scheme! with { Tensor = 2 }) });
        var (before, after) = (Tokens("none"), Tokens(_store));
        Assert.Contains("1 learned run", after.Said, StringComparison.Ordinal);
        Assert.Equal(before.Tokens, after.Tokens);
    }

    [Fact]
    public void A_row_without_an_interval_is_said_without_one()
    {
        var rows = _folder.Write("mine.csv", ObservationCsv.Text([Shipped with { Name = "mine" }]));
        var said = CommandRun.Of("learn", "--rows", rows, "--evidence", _store, "--dry-run").Output;
        Assert.Contains("tokens/s per GPU", said, StringComparison.Ordinal);
        Assert.DoesNotContain("( to )", said, StringComparison.Ordinal);
    }

    private void Learn(Observation seen)
    {
        using var store = EvidenceStore.OpenToAdd(_store);
        store.Add([new(seen, EvidenceKind.Row)], Seen.Noon);
    }

    private (double Tokens, string Said) Tokens(string evidence)
    {
        var run = CommandRun.Of("predict", "--rows", _asked, "--out", "-", "--evidence", evidence);
        Assert.Equal(0, run.ExitCode);
        return (double.Parse(run.Output.Split('\n')[1].Split(',')[1], CultureInfo.InvariantCulture), run.Errors);
    }
}
