using System.Globalization;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Data.Measurements;
using SlmPlanner.Data.Store;
using SlmPlanner.Planner.Tests.Commands;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Evidence;

/// <summary>A learned run moves predictions of the user's own set-up, where its store is used and only there.</summary>
public sealed class LearnedPredictionTests : IDisposable
{
    private const double Slower = 0.6;
    private readonly TemporaryFolder _folder = new();
    private readonly string _rows;
    private readonly string _store;

    public LearnedPredictionTests()
    {
        var seen = Seen.Run("asked") with { Stack = new("my own trainer"), Memory = null };
        _rows = _folder.Write("rows.csv", ObservationCsv.Text([seen with { From = new(), Speed = null }]));
        _store = Path.Combine(_folder.Path, "evidence.db");
        var usual = Tokens("none").Tokens;
        using var store = EvidenceStore.OpenToAdd(_store);
        store.Add([new(seen with { From = new(), Speed = new(Slower * usual) }, EvidenceKind.Run)], Seen.Noon);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_prediction_follows_the_learned_run_and_narrows()
    {
        var (before, after) = (Tokens("none"), Tokens(_store));
        Assert.InRange(after.Tokens / before.Tokens, Slower - 0.05, Slower + 0.15);
        Assert.True(after.Width < before.Width, $"{after.Width} after, {before.Width} before");
        Assert.Contains("1 learned run of evidence.db", after.Said, StringComparison.Ordinal);
        Assert.Empty(before.Said);
    }

    [Fact]
    public void A_dropped_run_does_not_count()
    {
        using (var store = EvidenceStore.OpenToAdd(_store))
            store.Mark(store.All()[0].Id, "no", dropped: true, Seen.Noon);
        Assert.Equal(Tokens("none").Tokens, Tokens(_store).Tokens);
    }

    /// <summary>A plan that names no stack is for the user's own set-up, and says so; one that names another is not.</summary>
    [Fact]
    public void A_plan_takes_the_stack_of_the_learned_runs()
    {
        var (own, said) = Planned(_store);
        Assert.Equal("my own trainer", own);
        Assert.Contains("stack my own trainer, as learned", said, StringComparison.Ordinal);
        using (var store = EvidenceStore.OpenToAdd(_store))
            store.Add([new(Seen.Run("later") with { Stack = new("torchtitan"), Memory = null }, EvidenceKind.Run)], Seen.Noon.AddDays(1));
        Assert.Equal("torchtitan", Planned(_store).Stack);
        Assert.Contains("the last of 2", Planned(_store).Said, StringComparison.Ordinal);
        Assert.Equal("nanoGPT", Planned(_store, "--stack", "nanoGPT").Stack);
        Assert.NotEqual("my own trainer", Planned("none").Stack);
    }

    /// <summary>
    /// A plan names the learned runs that moved it: the one of its own set-up, with its id, source and day. Two runs of one name are told
    /// apart. What it says they do is what they do: predictions with and without them differ by so much.
    /// </summary>
    [Fact]
    public void A_plan_names_the_runs_that_moved_it()
    {
        string[] ids;
        using (var store = EvidenceStore.OpenToAdd(_store))
        {
            store.Add([new(Seen.Run("asked", 20_000) with { Stack = new("my own trainer"), Memory = null, From = new("lab") },
                EvidenceKind.Run)], Seen.Noon.AddDays(1));
            ids = [.. store.All().Select(kept => kept.Id)];
        }
        var learned = PlanOf(_store).GetProperty("provenance").GetProperty("learned");
        Assert.Equal(2, learned.GetProperty("runs").GetInt32());
        var moved = learned.GetProperty("moved_by").EnumerateArray().ToDictionary(run => run.GetProperty("id").GetString()!);
        Assert.Equal(ids.Order(), moved.Keys.Order());
        Assert.Equal(("2026-11-29", "2026-11-30"), (moved[ids[0]].GetProperty("learned").GetString(),
            moved[ids[1]].GetProperty("learned").GetString()));
        Assert.Equal("lab", moved[ids[1]].GetProperty("source").GetString());
        Assert.All(moved.Values, run => Assert.Equal("A100-40GB-SXM", run.GetProperty("gpu").GetString()));
        Assert.False(PlanOf("none").GetProperty("provenance").TryGetProperty("learned", out _));
        Assert.Contains($"asked on A100-40GB-SXM ({ids[0][..12]}", CommandRun.Of([.. Asked("explain"), "--evidence", _store]).Output
            .ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    /// <summary>The change that a plan tells is by tangents: nearly what a plan of as many GPUs tells without the run.</summary>
    [Fact]
    public void What_a_run_is_said_to_do_is_what_it_does()
    {
        var plan = PlanOf(_store);
        var learned = plan.GetProperty("provenance").GetProperty("learned");
        var said = 1 + learned.GetProperty("step_change").GetDouble();
        var done = StepSeconds(plan) / StepSeconds(PlanOf("none", "--stack", "my own trainer"));
        Assert.True(said > 1 && done > 1, $"said {said}, done {done}");
        Assert.True(Math.Log(said) / Math.Log(done) is > 0.7 and < 1.4, $"said {said}, done {done}");
        Assert.True(learned.GetProperty("width_without").GetDouble() > 1);
    }

    private static string[] Asked(string command) =>
        [command, "--model", "gpt2", "--tokens", "1B", "--gpus", "A100-80GB-SXM", "--max-gpus", "1"];

    private static System.Text.Json.JsonElement PlanOf(string evidence, params string[] options)
    {
        var run = CommandRun.Of([.. Asked("plan"), "--evidence", evidence, "--format", "json", .. options]);
        Assert.Equal(0, run.ExitCode);
        return System.Text.Json.JsonDocument.Parse(run.Output).RootElement;
    }

    private static double StepSeconds(System.Text.Json.JsonElement plan) =>
        plan.GetProperty("recommendation").GetProperty("step_time_s").GetDouble();

    /// <summary>A CPU has a profile of its own, and no place among datasheets: its bursts neither count nor are complained of.</summary>
    [Fact]
    public void Bursts_of_a_machine_without_datasheet_are_passed_over()
    {
        var (before, said) = Planned(_store);
        using (var store = EvidenceStore.OpenToAdd(_store))
            store.Add([new(Seen.Run("burst-1") with { Machine = new("Some-CPU-4t", 1), Stack = new(), Memory = null }, EvidenceKind.Burst)],
                Seen.Noon.AddDays(1));
        Assert.Equal((before, said[..said.LastIndexOf(" candidates", StringComparison.Ordinal)]), (Planned(_store).Stack,
            Planned(_store).Said is var again ? again[..again.LastIndexOf(" candidates", StringComparison.Ordinal)] : ""));
    }

    private static (string Stack, string Said) Planned(string evidence, params string[] options)
    {
        var run = CommandRun.Of(["plan", "--model", "gpt2", "--tokens", "1B", "--gpus", "A100-80GB-SXM", "--max-gpus", "2",
            "--evidence", evidence, "--format", "json", .. options]);
        Assert.Equal(0, run.ExitCode);
        return (System.Text.Json.JsonDocument.Parse(run.Output).RootElement.GetProperty("provenance").GetProperty("stack").GetString()!,
            run.Errors);
    }

    /// <summary>
    /// A peak of 1.3 times what is predicted is learned: the same run is predicted nearer to it, and the store is said to have told it.
    /// </summary>
    [Fact]
    public void A_learned_peak_moves_the_predicted_one()
    {
        var seen = Seen.Run("asked") with { Stack = new("my own trainer") };
        var usual = Peak("none");
        using (var store = EvidenceStore.OpenToAdd(_store))
            store.Add([new(seen with { From = new(), Memory = new(1.3 * usual, MemoryKind.Device, MemoryUnit.Gibibyte) },
                EvidenceKind.Run)], Seen.Noon);
        Assert.InRange(Peak(_store) / usual, 1.03, 1.3);
        Assert.Equal(usual, Peak("none"));
        Assert.Contains("1 with peak memory", Tokens(_store).Said, StringComparison.Ordinal);
    }

    /// <summary>
    /// A plan says what learned peaks do to its memory, and it is what they do: in software of one known kind the shown peak is the
    /// median. A small batch leaves one set-up.
    /// </summary>
    [Fact]
    public void A_plan_says_what_learned_peaks_do_to_its_memory()
    {
        string[] asks = ["--stack", "torchtitan", "--global-batch", "8K"];
        var seen = Seen.Run("asked") with { From = new(), Stack = new("torchtitan"), Speed = null };
        var usual = Peak("none", _folder.Write("titan.csv", ObservationCsv.Text([seen with { Memory = null }])));
        var store = Path.Combine(_folder.Path, "peaks.db");
        using (var kept = EvidenceStore.OpenToAdd(store))
            kept.Add([new(seen with { Memory = new(1.1 * usual, MemoryKind.Device, MemoryUnit.Gibibyte) }, EvidenceKind.Run)], Seen.Noon);
        var (plan, before) = (PlanOf(store, asks), PlanOf("none", asks));
        var memory = plan.GetProperty("provenance").GetProperty("learned").GetProperty("memory");
        Assert.Equal(1, memory.GetProperty("runs").GetInt32());
        Assert.Equal(Setup(before), Setup(plan));
        var done = PeakBytes(plan) / PeakBytes(before);
        Assert.NotEqual(1, done, 0.01);
        Assert.Equal(done, 1 + memory.GetProperty("peak_change").GetDouble(), 1e-6);
        Assert.True(memory.GetProperty("width_without").GetDouble() > 1);
        Assert.Contains("Memory: peaks of 1 learned run.", CommandRun.Of(
            [.. Asked("explain"), "--evidence", store, .. asks]).Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    private static string Setup(System.Text.Json.JsonElement plan) =>
        string.Join(' ', plan.GetProperty("recommendation").EnumerateObject()
            .Where(field => field.Name is "parallelism" or "micro_batch" or "grad_accum" or "recomputation" or "compile")
            .Select(field => field.Value.ToString()));

    private static double PeakBytes(System.Text.Json.JsonElement plan) =>
        plan.GetProperty("recommendation").GetProperty("peak_memory_bytes").GetDouble();

    private double Peak(string evidence, string? rows = null)
    {
        var lines = CommandRun.Of("predict", "--rows", rows ?? _rows, "--out", "-", "--evidence", evidence).Output.Split('\n');
        var column = Array.IndexOf(lines[0].Split(','), "peak_memory_gib");
        return double.Parse(lines[1].Split(',')[column], CultureInfo.InvariantCulture);
    }

    private (double Tokens, double Width, string Said) Tokens(string evidence)
    {
        var run = CommandRun.Of("predict", "--rows", _rows, "--out", "-", "--evidence", evidence);
        Assert.Equal(0, run.ExitCode);
        double[] numbers = [.. run.Output.Split('\n')[1].Split(',').Skip(1).Take(3)
            .Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        return (numbers[0], Math.Log(numbers[2] / numbers[1]), run.Errors);
    }
}
