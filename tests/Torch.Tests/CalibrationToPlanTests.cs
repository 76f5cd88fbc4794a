using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Data.History;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Data.Store;
using SlmPlanner.Tests;
using SlmPlanner.Torch.Tests.Distributed;

namespace SlmPlanner.Torch.Tests;

/// <summary>From nothing to a plan on this machine, with the two programs as a person runs them.</summary>
public sealed class CalibrationToPlanTests : IDisposable
{
    private const double BudgetMinutes = 1.5;

    /// <summary>A model whose bursts are short: several fit into half a minute beside the micro-benchmarks.</summary>
    private const string TinyConfig = """
        {"model_type": "llama", "hidden_size": 128, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 4,
         "intermediate_size": 256, "vocab_size": 1024, "max_position_embeddings": 256, "tie_word_embeddings": true}
        """;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_machine_is_calibrated_within_its_budget_and_planned_for()
    {
        Torch.LoadOrSkip();
        var config = _folder.Write("config.json", TinyConfig);
        var (machine, history) = (Path.Combine(_folder.Path, "machine"), Path.Combine(_folder.Path, "history.db"));
        var clock = Stopwatch.StartNew();
        Run("slm-calibrate", "run", "--device", "cpu", "--threads", "1", "--for", config, "--out", machine, "--history", history,
            "--evidence", history,
            "--budget-minutes", BudgetMinutes.ToString(CultureInfo.InvariantCulture));
        // The budget bounds bursts, fit and report; loading libtorch and a busy machine's last burst come on top.
        Assert.InRange(clock.Elapsed.TotalMinutes, 0.05, 2 * BudgetMinutes);

        var (lines, problems) = MeasurementLog.Read(Path.Combine(machine, "measurements.jsonl"));
        Assert.Empty(problems);
        var bursts = lines.Where(line => line.Burst is { Samples.Count: > 0 }).Select(line => line.Burst!.Spec).Distinct().Count();
        Assert.InRange(bursts, 1, 1000);
        Assert.EndsWith("</html>", File.ReadAllText(Path.Combine(machine, "report.html")).TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(bursts, Assert.Single(Entries(history)).Bursts);
        using (var evidence = EvidenceStore.OpenToRead(history))
            Assert.Equal(lines.Count(line => line.Burst is { StepTimeS: not null }), evidence.All().Count);

        var profile = Path.Combine(machine, "profile.json");
        var file = FitFile.Read(profile);
        Assert.Equal(FitFile.CurrentVersion, file.SchemaVersion);
        Assert.All(file.Parameters, parameter => Assert.True(double.IsFinite(parameter.Value), parameter.ToString()));
        var calibrated = Assert.Single(ProfileStore.Open(Repository.Profiles, machine).Machines);
        Assert.Equal((profile, Evidence.Calibrated), (calibrated.Path, calibrated.Device.Evidence));

        var name = calibrated.Device.Name;
        using var plan = JsonDocument.Parse(Run("slm-plan", "plan", "--model", config, "--tokens", "1M", "--seq-len", "128",
            "--own", $"1x{name}@0.1", "--gpus", name, "--profiles", machine, "--format", "json"));
        var best = plan.RootElement.GetProperty("recommendation");
        Assert.Equal(("own", name), (best.GetProperty("provider").GetString(), best.GetProperty("gpu").GetString()));
        var measured = MostTokensPerSecond(lines);
        // The bursts and the plan's set-up differ in batch and attention, so that only the order of magnitude is theirs.
        Assert.InRange(best.GetProperty("tokens_per_s").GetDouble(), measured / 20, measured * 20);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Most tokens per second of any burst; bursts and plan are of models of about one size.</summary>
    private static double MostTokensPerSecond(IEnumerable<MeasurementLine> lines) => lines
        .Select(line => line.Burst)
        .OfType<BurstResult>()
        .Max(burst => (double)burst.Spec.SeqLen * burst.Spec.MicroBatch * burst.Spec.GradAccum / burst.StepTimeS!.Median);

    private static IReadOnlyList<HistoryEntry> Entries(string history)
    {
        using var reader = new HistoryReader(history);
        return reader.All();
    }

    /// <summary>Runs a program that stands beside the tests, and gives what it prints.</summary>
    private static string Run(string program, params string[] arguments)
    {
        var (code, output, error) = HostCommand.Finish(
            HostCommand.Quiet(Path.Combine(AppContext.BaseDirectory, program), arguments), TestContext.Current.CancellationToken);
        Assert.True(code == 0, $"{program} ended with {code}\n{output}\n{error}");
        return output;
    }
}
