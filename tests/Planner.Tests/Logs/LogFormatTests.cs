using System.Text.Json;
using SlmPlanner.Planner.Tests.Commands;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Logs;

/// <summary>
/// Every form of log with its traps. The numbers expected are those that the logs were made with (the fixtures' noise is half a per cent),
/// not those that a reader found.
/// </summary>
public sealed class LogFormatTests
{
    private const double Gib = 1L << 30, Mib = 1L << 20;

    [Theory]
    [InlineData("torchtitan.log", "torchtitan", 31, 131072 / 8.0 / 16000, 131072.0, 16000.0, 41.21 * Gib, "reserved")]
    [InlineData("torchtitan-resumed.log", "torchtitan", 35, 32768 / 4.0 / 9000, 32768.0, 9000.0, 61 * Gib, "reserved")]
    [InlineData("nanogpt.log", "nanogpt", 61, 0.25, 491520.0, null, null, null)]
    [InlineData("nanochat.log", "nanochat", 40, 0.21, 524288.0, 524288 / 0.21 / 8, null, null)]
    [InlineData("nanochat-before-november.log", "nanochat", 60, 0.5, 524288.0, 524288 / 0.5 / 8, 60123.45 * Mib, "allocated")]
    [InlineData("modded-nanogpt.txt", "modded-nanogpt", 60, 0.1418, 524288.0, 524288 / 0.1418 / 8, 33000 * Mib, "reserved")]
    [InlineData("llm.c.log", "llm.c", 50, 0.28, 1048576.0, 1048576 / 0.28 / 8, 39123 * Mib, "device")]
    [InlineData("hf-console.log", "hf-trainer", 300, 1.25, null, null, null, null)]
    [InlineData("megatron.log", "megatron", 30, 1.9, 262144.0, 262144 / 1.9 / 8, 45760 * Mib, "reserved")]
    [InlineData("nemo.log", "nemo", 60, 6.08, null, null, 71778576281.0, "reserved")]
    [InlineData("nemo1.log", "nemo", 39, 2.5, null, null, null, null)]
    [InlineData("composer.log", "composer", 40, 256 * 2048 / 8.0 / 11000, 524288.0, 11000.0, 61.2e9, "reserved")]
    [InlineData("olmo.log", "olmo", 40, 4194304 / 16.0 / 44000, 4194304.0, 44000.0, 42160 * Mib, "allocated")]
    [InlineData("litgpt.log", "litgpt", 40, 1.28, 131072.0, 131072 / 1.28 / 4, 41.23e9, "allocated")]
    [InlineData("deepspeed.log", "deepspeed", 30, 128 / 13.0, null, null, 61.9 * Gib, "allocated")]
    [InlineData("mllog.log", "mllog", 49, 0.456, 1048576.0, null, null, null)]
    [InlineData("mllog-samples.log", "mllog", 29, 64 / 30.6, 262144.0, null, null, null)]
    [InlineData("lightning.csv", "csv", 39, 0.8, null, null, null, null)]
    [InlineData("wandb.csv", "csv", 59, 0.81, null, null, null, null)]
    [InlineData("wandb.jsonl", "jsonl", 59, 0.5, null, null, null, null)]
    [InlineData("mlflow", "mlflow", 59, 0.7, 131072.0, 131072 / 0.7 / 4, null, null)]
    [InlineData("tensorboard", "tensorboard", 70, 32768 / 12000.0, null, null, 45.5 * Gib, "reserved")]
    public void A_log_tells_what_it_was_made_with(
        string name, string format, int steps, double seconds, double? tokens, double? rate, double? peak, string? kind)
    {
        var run = LogFixtures.Learn(LogFixtures.Of(name));
        Assert.Equal(format, run.GetProperty("format").GetString());
        Assert.Equal(steps, run.GetProperty("steps").GetInt32());
        Assert.InRange(run.GetProperty("steady_steps").GetInt32(), steps / 12, steps - 1);
        Near(seconds, run, "step_time_s", format is "olmo" or "hf-trainer" ? 0.01 : 0.005);
        Assert.InRange(seconds, run.GetProperty("step_time_s_low").GetDouble() * 0.99,
            run.GetProperty("step_time_s_high").GetDouble() * 1.01);
        Near(tokens, run, "tokens_per_step", 1e-9);
        Near(rate, run, "tokens_per_s_per_gpu", 0.005);
        Near(peak, run, "peak_memory_bytes", 1e-3);
        Assert.Equal(kind, run.GetProperty("memory_kind").GetString());
        Assert.True(run.GetProperty("step_time_s_low").GetDouble() <= run.GetProperty("step_time_s").GetDouble());
        Assert.True(run.GetProperty("step_time_s").GetDouble() <= run.GetProperty("step_time_s_high").GetDouble());
    }

    [Theory]
    [InlineData("torchtitan.log", "evaluation", 1)]
    [InlineData("torchtitan.log", "checkpoint", 1)]
    [InlineData("torchtitan.log", "restart", 0)]
    [InlineData("torchtitan-resumed.log", "restart", 1)]
    [InlineData("tensorboard", "restart", 1)]
    [InlineData("nanogpt.log", "evaluation", 3)]
    [InlineData("nanogpt.log", "compilation", 1)]
    [InlineData("modded-nanogpt.txt", "clock_reset", 1)]
    [InlineData("modded-nanogpt.txt", "evaluation", 2)]
    [InlineData("megatron.log", "checkpoint", 1)]
    [InlineData("hf-console.log", "evaluation", 1)]
    [InlineData("mllog.log", "evaluation", 1)]
    public void What_is_no_training_is_kept_as_what_it_is(string name, string kind, int times) =>
        Assert.Equal(times, LogFixtures.Learn(LogFixtures.Of(name)).GetProperty("events").EnumerateArray()
            .Count(happened => happened.GetProperty("kind").GetString() == kind));

    [Theory]
    [InlineData("nanogpt.log", "--model --gpu --n-gpus")]
    [InlineData("torchtitan.log", "")]
    [InlineData("torchtitan-resumed.log", "--model")]
    [InlineData("llm.c.log", "")]
    [InlineData("composer.log", "--gpu")]
    [InlineData("hf-console.log", "--model --gpu --seq-len")]
    [InlineData("olmo.log", "--model --gpu --n-gpus --seq-len")]
    [InlineData("wandb.csv", "--model --gpu --n-gpus --seq-len --global-batch")]
    public void What_is_missing_names_the_option_that_supplies_it(string name, string missing) =>
        Assert.Equal(missing, string.Join(' ', LogFixtures.Learn(LogFixtures.Of(name)).Strings("missing")));

    [Fact]
    public void What_is_missing_can_be_supplied()
    {
        var run = LogFixtures.Learn(LogFixtures.Of("nanogpt.log"), "--model", "gpt2", "--gpu", "A100-80GB-SXM", "--n-gpus", "8");
        Assert.Empty(run.Strings("missing"));
        Assert.True(run.GetProperty("usable").GetBoolean());
        Assert.InRange(run.GetProperty("tokens_per_s_per_gpu").GetDouble(), 491520 / 0.25 / 8 * 0.995, 491520 / 0.25 / 8 * 1.005);
        Assert.False(run.GetProperty("learned").GetBoolean());
    }

    [Fact]
    public void A_rate_without_accumulation_is_caught() =>
        Assert.Contains("leaves accumulation out", Assert.Single(
            LogFixtures.Learn(LogFixtures.Of("nanochat-before-november.log")).Strings("contradictions")), StringComparison.Ordinal);

    [Fact]
    public void Padding_is_seen_by_tokens_over_sequences() =>
        Assert.Contains(LogFixtures.Learn(LogFixtures.Of("composer-padded.log")).Strings("contradictions"),
            sentence => sentence.Contains("512 tokens of 2,048", StringComparison.Ordinal));

    [Theory]
    [InlineData("--n-gpus", "16", "n_gpus is 16 in --n-gpus and 8 in torchtitan.log")]
    [InlineData("--seq-len", "4096", "seq_len is 4096")]
    [InlineData("--gpu", "RTX4090", "more than the 24.0 GiB")]
    [InlineData("--model", "gpt2", "parameters, and the model has 124.")]
    public void A_wrong_option_is_contradicted(string option, string value, string sentence) =>
        Assert.Contains(LogFixtures.Learn(LogFixtures.Of("torchtitan.log"), option, value).Strings("contradictions"),
            found => found.Contains(sentence, StringComparison.Ordinal));

    /// <summary>468 thousand tokens a second at 6 · 124M operations each are 348 teraFLOP/s; the device does 65.</summary>
    [Fact]
    public void More_than_the_device_can_is_contradicted() =>
        Assert.Contains(LogFixtures.Learn(LogFixtures.Of("llm.c.log"), "--gpu", "T4").Strings("contradictions"),
            found => found.Contains("of the device's peak", StringComparison.Ordinal));

    [Theory]
    [InlineData("llm.c-main.log", "no times")]
    [InlineData("hf-unfinished/trainer_state.json", "only when the run has ended")]
    public void A_log_without_times_says_so(string name, string reason)
    {
        var run = CommandRun.Of("learn", LogFixtures.Of(name), "--dry-run", "--format", "json");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(reason, LogFixtures.Learn(LogFixtures.Of(name)).GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    /// <summary>540 s for 400 steps, of which 40 s were evaluation.</summary>
    [Fact]
    public void A_whole_run_holds_evaluation_and_its_interval_says_so()
    {
        var run = LogFixtures.Learn(LogFixtures.Of("hf-finished/trainer_state.json"));
        Near(540.0 / 400, run, "step_time_s", 1e-9);
        Near(500.0 / 400, run, "step_time_s_low", 1e-9);
        Assert.Contains("whole run", Assert.Single(run.Strings("notes")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_is_mapped() =>
        Near(0.8, LogFixtures.Learn(LogFixtures.Of("wandb.csv"), "--map", "step_time=perf/iter_s"), "step_time_s", 0.005);

    [Fact]
    public void A_batch_in_sequences_is_taken_as_such()
    {
        var run = LogFixtures.Learn(LogFixtures.Of("wandb.csv"), "--seq-len", "2048", "--global-batch", "256", "--n-gpus", "8");
        Near(256 * 2048, run, "tokens_per_step", 1e-9);
        Assert.Contains("taken as sequences", Assert.Single(run.Strings("notes")), StringComparison.Ordinal);
    }

    [Fact]
    public void Utilisation_tells_idle_devices_and_stragglers()
    {
        var smi = LogFixtures.Learn(LogFixtures.Of("torchtitan.log"), "--utilisation",
            LogFixtures.Of("smi.csv")).GetProperty("utilisation");
        Assert.Equal([3], smi.GetProperty("idle").EnumerateArray().Select(index => index.GetInt32()));
        Assert.Equal([2], smi.GetProperty("stragglers").EnumerateArray().Select(index => index.GetInt32()));
        var dcgm = LogFixtures.Learn(LogFixtures.Of("torchtitan.log"), "--utilisation",
            LogFixtures.Of("dcgm.prom")).GetProperty("utilisation");
        Assert.Equal(0.41, dcgm.GetProperty("devices")[0].GetProperty("tensor_share").GetDouble(), 3);
    }

    [Fact]
    public void A_run_is_kept_once_and_without_what_is_personal()
    {
        using var folder = new TemporaryFolder();
        var (store, log) = (Path.Combine(folder.Path, "evidence.db"),
            folder.Write("home/zeppelin/on-hostseven/train.log", File.ReadAllText(LogFixtures.Of("torchtitan.log"))));
        for (var times = 0; times < 2; times++)
        {
            var run = CommandRun.Of("learn", log, "--evidence", store, "--format", "json");
            Assert.Equal(0, run.ExitCode);
            Assert.True(Assert.Single(JsonDocument.Parse(run.Output).RootElement.GetProperty("observations").EnumerateArray()).GetProperty("learned").GetBoolean());
        }
        var listed = CommandRun.Of("evidence", "list", "--evidence", store, "--format", "json").Output;
        Assert.Single(JsonDocument.Parse(listed).RootElement.EnumerateObject()
            .First(list => list.Value.ValueKind == JsonValueKind.Array).Value.EnumerateArray());
        var kept = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(store));
        Assert.DoesNotContain("zeppelin", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("hostseven", kept, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_kept_on_a_dry_run()
    {
        using var folder = new TemporaryFolder();
        var store = Path.Combine(folder.Path, "evidence.db");
        CommandRun.Of("learn", LogFixtures.Of("torchtitan.log"), "--evidence", store, "--dry-run");
        Assert.False(File.Exists(store));
    }

    [Fact]
    public void The_report_is_as_it_was() => Golden.Equal(
        string.Concat(LogFixtures.Lines.Select(name => CommandRun.Of("learn", LogFixtures.Of(name), "--dry-run").Output)), "learn.txt");

    private static void Near(double? expected, JsonElement run, string name, double within)
    {
        var value = run.GetProperty(name);
        if (expected is not { } number)
            Assert.Equal(JsonValueKind.Null, value.ValueKind);
        else
            Assert.InRange(value.GetDouble(), number * (1 - within), number * (1 + within));
    }
}
