using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
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
    [InlineData("torchtitan-tp-float8.log", "torchtitan", 41, 16 * 4096 / 16.0 / 11000, 65536.0, 11000.0, 52.75 * Gib, "reserved")]
    [InlineData("nanogpt-resumed.log", "nanogpt", 50, 0.31, 491520.0, null, null, null)]
    [InlineData("nanochat-2026.log", "nanochat", 70, 0.88, 524288.0, 524288 / 0.88 / 4, 51234.56 * Mib, "allocated")]
    [InlineData("build-nanogpt.log", "nanochat", 60, 0.337, 524288.0, null, null, null)]
    [InlineData("modded-nanogpt-2025.txt", "modded-nanogpt", 100, 0.096, 393216.0, 393216 / 0.096 / 8, 44056 * Mib, "reserved")]
    [InlineData("llm.c-pytorch.log", "llm.c", 40, 0.201, 65536.0, null, 31234 * Mib, "allocated")]
    [InlineData("hf-console-quoted.log", "hf-trainer", 500, 2.4, null, null, null, null)]
    [InlineData("hf-deepspeed.log", "deepspeed", 30, 256 / 55.0, null, null, 48.5 * Gib, "allocated")]
    [InlineData("megatron-core-fp8.log", "megatron", 30, 1.45, 524288.0, 524288 / 1.45 / 16, 33410 * Mib, "reserved")]
    [InlineData("megatron-deepspeed.log", "megatron", 40, 21.3, 2097152.0, 2097152 / 21.3 / 64, null, null)]
    [InlineData("nemo-2.log", "nemo", 50, 3.21, null, null, 41230467072.0, "reserved")]
    [InlineData("composer-epochs.log", "composer", 50, 1.9, 131072.0, 131072 / 1.9 / 8, 35.7e9, "reserved")]
    [InlineData("composer-tokens.log", "composer", 40, 1048576 / 9000.0 / 16, 1048576.0, 9000.0, 60.1e9, "reserved")]
    [InlineData("olmo-core.log", "olmo", 60, 131072 / 52000.0, 1048576.0, 52000.0, 58.4 * Gib, "reserved")]
    [InlineData("olmo-64.log", "olmo", 50, 65536 / 12500.0, 4194304.0, 12500.0, 44321 * Mib, "allocated")]
    [InlineData("litgpt-fork.log", "litgpt", 40, 2.09, null, null, null, null)]
    [InlineData("wandb-panel.csv", "csv", 40, null, null, 8000.0, null, null)]
    [InlineData("wandb-hf.jsonl", "jsonl", 40, 0.95, null, null, null, null)]
    [InlineData("deepspeed-old.log", "deepspeed", 20, 6.0, null, null, 22.75 * Gib, "allocated")]
    [InlineData("mllog-sequences.log", "mllog", 40, 2.35, 262144.0, null, null, null)]
    [InlineData("nanotron.log", "nanotron", 60, 1.52, 524288.0, 524288 / 1.52 / 16, 47112 * Mib, "reserved")]
    [InlineData("nanotron-resumed.log", "nanotron", 55, 2.75, 262144.0, 262144 / 2.75 / 8, 61.2e9, "reserved")]
    [InlineData("torchtitan-configs.log", "torchtitan", 41, 16 * 4096 / 8.0 / 21000, 65536.0, 21000.0, 33.25 * Gib, "reserved")]
    [InlineData("torchtitan-pipeline.log", "torchtitan", 31, 32 * 4096 / 8.0 / 15000, 131072.0, 15000.0, 40.5 * Gib, "reserved")]
    [InlineData("nanochat-fp8.log", "nanochat", 60, 0.71, 524288.0, 524288 / 0.71 / 2, null, null)]
    [InlineData("modded-nanogpt-seconds.txt", "modded-nanogpt", 80, 0.262, 524288.0, null, 31234 * Mib, "allocated")]
    [InlineData("modded-nanogpt-lines.txt", "modded-nanogpt", 70, 0.0433, 524288.0, 524288 / 0.0433 / 8, 10588 * Mib, "reserved")]
    [InlineData("llm.c-took.log", "llm.c", 40, 1.85, null, null, null, null)]
    [InlineData("hf-tokens.log", "hf-trainer", 400, 0.8, 65536.0, 65536 / 0.8 / 4, 21.5 * Gib, "allocated")]
    [InlineData("hf-timed/trainer_state.json", "hf-trainer-json", 40, 0.8, 65536.0, null, null, null)]
    [InlineData("hf-unsloth.log", "hf-trainer", 200, 3.1, null, null, null, null)]
    [InlineData("megatron-bridge.log", "megatron", 40, 2.21, null, null, 61.2e9, "reserved")]
    [InlineData("composer-minutes.log", "composer", 40, 1.5, null, null, 25.1e9, "reserved")]
    [InlineData("litgpt-steps.log", "litgpt", 60, 2.4, 262144.0, 262144 / 2.4 / 4, null, null)]
    [InlineData("torchtune.log", "torchtune", 60, null, null, 7800.0, 36.5 * Gib, "reserved")]
    [InlineData("factory.jsonl", "jsonl", 200, 1.9, 32768.0, null, null, null)]
    [InlineData("swift.jsonl", "jsonl", 120, 2.6, null, null, 40.5 * Gib, "reserved")]
    [InlineData("gpt-neox.log", "megatron", 40, 3.2, 1048576.0, 1048576 / 3.2 / 16, null, null)]
    [InlineData("deepspeed-pipeline.log", "deepspeed", 30, 4.1, null, null, null, null)]
    public void A_log_tells_what_it_was_made_with(
        string name, string format, int steps, double? seconds, double? tokens, double? rate, double? peak, string? kind)
    {
        var run = LogFixtures.Learn(LogFixtures.Of(name));
        Assert.Equal(format, run.GetProperty("format").GetString());
        Assert.Equal(steps, run.GetProperty("steps").GetInt32());
        Assert.InRange(run.GetProperty("steady_steps").GetInt32(), steps / 12, steps - 1);
        Near(seconds, run, "step_time_s", format is "olmo" or "hf-trainer" ? 0.01 : 0.005);
        Near(tokens, run, "tokens_per_step", 1e-9);
        Near(rate, run, "tokens_per_s_per_gpu", 0.005);
        Near(peak, run, "peak_memory_bytes", 1e-3);
        Assert.Equal(kind, run.GetProperty("memory_kind").GetString());
        if (seconds is not { } step)
            return;
        Assert.InRange(step, run.GetProperty("step_time_s_low").GetDouble() * 0.99, run.GetProperty("step_time_s_high").GetDouble() * 1.01);
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
    [InlineData("torchtitan-tp-float8.log", "restart", 0)]
    [InlineData("torchtitan-tp-float8.log", "checkpoint", 1)]
    [InlineData("torchtitan-tp-float8.log", "change", 0)]
    [InlineData("nanogpt-resumed.log", "evaluation", 2)]
    [InlineData("composer-epochs.log", "evaluation", 2)]
    [InlineData("composer-epochs.log", "restart", 0)]
    [InlineData("composer-epochs.log", "change", 0)]
    [InlineData("hf-console-quoted.log", "evaluation", 1)]
    [InlineData("hf-console-quoted.log", "checkpoint", 1)]
    [InlineData("wandb-hf.jsonl", "evaluation", 4)]
    [InlineData("wandb-hf.jsonl", "restart", 0)]
    [InlineData("olmo-core.log", "checkpoint", 1)]
    [InlineData("megatron-core-fp8.log", "evaluation", 1)]
    [InlineData("mllog-sequences.log", "clock_reset", 0)]
    [InlineData("nanotron.log", "checkpoint", 1)]
    [InlineData("nanotron.log", "restart", 0)]
    [InlineData("nanotron-resumed.log", "restart", 1)]
    [InlineData("torchtitan-configs.log", "evaluation", 4)]
    [InlineData("modded-nanogpt-seconds.txt", "evaluation", 2)]
    [InlineData("modded-nanogpt-seconds.txt", "clock_reset", 1)]
    [InlineData("hf-tokens.log", "end", 0)]
    [InlineData("torchtune.log", "evaluation", 1)]
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
    [InlineData("olmo-core.log", "--model --seq-len")]
    [InlineData("olmo-64.log", "--model --gpu --seq-len")]
    [InlineData("torchtitan-tp-float8.log", "")]
    [InlineData("megatron-core-fp8.log", "--gpu")]
    [InlineData("megatron-deepspeed.log", "--gpu")]
    [InlineData("nemo-2.log", "--model --gpu --n-gpus --seq-len")]
    [InlineData("nemo1.log", "--model --gpu --n-gpus --seq-len")]
    [InlineData("hf-deepspeed.log", "--model --gpu --seq-len")]
    [InlineData("hf-console-quoted.log", "--model --gpu --n-gpus --seq-len --global-batch")]
    [InlineData("nanochat-2026.log", "")]
    [InlineData("build-nanogpt.log", "--model --gpu --n-gpus --seq-len")]
    [InlineData("composer-tokens.log", "--model --gpu")]
    [InlineData("wandb-panel.csv", "--model --gpu --n-gpus --seq-len")]
    [InlineData("wandb.csv", "--model --gpu --n-gpus --seq-len --global-batch")]
    [InlineData("nanotron.log", "--gpu")]
    [InlineData("nanotron-resumed.log", "--model --gpu")]
    [InlineData("tensorboard", "--model --gpu --n-gpus --seq-len")]
    [InlineData("litgpt.log", "--model --gpu")]
    [InlineData("mllog.log", "--model --gpu --n-gpus")]
    [InlineData("deepspeed.log", "--model --gpu --seq-len")]
    [InlineData("hf-finished/trainer_state.json", "--model --gpu --n-gpus --seq-len")]
    [InlineData("lightning.csv", "--model --gpu --n-gpus --seq-len --global-batch")]
    [InlineData("torchtitan-configs.log", "")]
    [InlineData("torchtitan-pipeline.log", "")]
    [InlineData("nanochat-fp8.log", "")]
    [InlineData("modded-nanogpt-lines.txt", "--model --gpu")]
    [InlineData("hf-tokens.log", "--gpu --seq-len")]
    [InlineData("hf-timed/trainer_state.json", "--model --gpu --n-gpus --seq-len")]
    [InlineData("hf-unsloth.log", "--model --seq-len")]
    [InlineData("megatron-bridge.log", "--model --gpu --n-gpus --seq-len")]
    [InlineData("composer-minutes.log", "--model --gpu --seq-len")]
    [InlineData("litgpt-steps.log", "--model --gpu")]
    [InlineData("torchtune.log", "--model --gpu --n-gpus")]
    [InlineData("factory.jsonl", "--model --gpu --n-gpus --seq-len")]
    [InlineData("gpt-neox.log", "--gpu")]
    [InlineData("deepspeed-pipeline.log", "--model --gpu --n-gpus --seq-len")]
    public void What_is_missing_names_the_option_that_supplies_it(string name, string missing) =>
        Assert.Equal(missing, string.Join(' ', LogFixtures.Learn(LogFixtures.Of(name)).Strings("missing")));

    /// <summary>What a log or its header says of the run, in the words of measured rows.</summary>
    [Theory]
    [InlineData("torchtitan-tp-float8.log", "tp", "2")]
    [InlineData("torchtitan-tp-float8.log", "dp_shard", "8")]
    [InlineData("torchtitan-tp-float8.log", "n_gpus", "16")]
    [InlineData("torchtitan-tp-float8.log", "precision", "fp8")]
    [InlineData("torchtitan-tp-float8.log", "model", "llama3 8B")]
    [InlineData("megatron-core-fp8.log", "precision", "fp8")]
    [InlineData("megatron-core-fp8.log", "parallelism", "ddp+tp(2)+sp")]
    [InlineData("megatron-core-fp8.log", "n_kv_heads", null)]
    [InlineData("megatron-core-fp8.log", "ffn_kind", "gelu")]
    [InlineData("megatron-core-fp8.log", "stack", "Megatron-LM")]
    [InlineData("megatron-deepspeed.log", "parallelism", "zero1+tp(2)+pp(4)")]
    [InlineData("megatron-deepspeed.log", "stack", "megatron-deepspeed")]
    [InlineData("megatron-deepspeed.log", "attention", "flash")]
    [InlineData("hf-deepspeed.log", "parallelism", "zero2")]
    [InlineData("hf-deepspeed.log", "precision", "bf16")]
    [InlineData("hf-deepspeed.log", "stack", "HF Trainer + DeepSpeed")]
    [InlineData("hf-console-quoted.log", "total_steps", "900")]
    [InlineData("olmo-core.log", "stack", "OLMo-core")]
    [InlineData("olmo-core.log", "gpu", "NVIDIA H100 80GB HBM3")]
    [InlineData("olmo-core.log", "n_gpus", "8")]
    [InlineData("olmo-64.log", "stack", "OLMo (legacy trainer)")]
    [InlineData("olmo-64.log", "n_gpus", "64")]
    [InlineData("olmo-64.log", "params", "1176764416")]
    [InlineData("modded-nanogpt-2025.txt", "gpu", "NVIDIA H100 80GB HBM3")]
    [InlineData("build-nanogpt.log", "stack", "build-nanogpt (PyTorch)")]
    [InlineData("build-nanogpt.log", "grad_accum", "1")]
    [InlineData("nanochat-2026.log", "stack", "nanochat")]
    [InlineData("nanochat-2026.log", "grad_accum", "4")]
    [InlineData("nanochat-2026.log", "vocab", "32768")]
    [InlineData("llm.c-pytorch.log", "stack", "llm.c train_gpt2.py")]
    [InlineData("composer-epochs.log", "n_gpus", "8")]
    [InlineData("nanotron.log", "n_gpus", "16")]
    [InlineData("nanotron.log", "parallelism", "zero1+tp(2)+sp")]
    [InlineData("nanotron.log", "precision", "bf16-mixed")]
    [InlineData("nanotron.log", "vocab", "49152")]
    [InlineData("nanotron-resumed.log", "n_gpus", "8")]
    [InlineData("nanotron-resumed.log", "total_steps", "900")]
    [InlineData("torchtitan-configs.log", "tp", "2")]
    [InlineData("torchtitan-configs.log", "n_gpus", "8")]
    [InlineData("torchtitan-configs.log", "n_layers", "4")]
    [InlineData("torchtitan-configs.log", "n_kv_heads", "8")]
    [InlineData("torchtitan-configs.log", "d_ffn", "2816")]
    [InlineData("torchtitan-configs.log", "seq_len", "4096")]
    [InlineData("torchtitan-configs.log", "micro_batch_per_gpu", "4")]
    [InlineData("torchtitan-configs.log", "precision", "bf16")]
    [InlineData("torchtitan-configs.log", "activation_checkpointing", "selective")]
    [InlineData("torchtitan-configs.log", "model", "llama3 own")]
    [InlineData("nanochat-fp8.log", "precision", "fp8")]
    [InlineData("nanochat-fp8.log", "attention", "sdpa")]
    [InlineData("llm.c-took.log", "precision", "fp32")]
    [InlineData("hf-tokens.log", "n_layers", "12")]
    [InlineData("hf-tokens.log", "d_model", "1024")]
    [InlineData("hf-tokens.log", "n_kv_heads", "8")]
    [InlineData("hf-tokens.log", "precision", "bf16")]
    [InlineData("hf-tokens.log", "optimizer", "adamw_torch_fused")]
    [InlineData("hf-tokens.log", "activation_checkpointing", "full")]
    [InlineData("hf-tokens.log", "n_gpus", "4")]
    [InlineData("hf-unsloth.log", "gpu", "NVIDIA L4")]
    [InlineData("hf-unsloth.log", "n_gpus", "1")]
    [InlineData("hf-unsloth.log", "grad_accum", "4")]
    [InlineData("hf-unsloth.log", "params", "8072204288")]
    [InlineData("litgpt-steps.log", "grad_accum", "8")]
    [InlineData("gpt-neox.log", "stack", "gpt-neox")]
    [InlineData("gpt-neox.log", "tp", "2")]
    [InlineData("gpt-neox.log", "precision", "bf16")]
    [InlineData("torchtune.log", "precision", "bf16-pure")]
    [InlineData("torchtune.log", "micro_batch_per_gpu", "2")]
    [InlineData("torchtune.log", "seq_len", "4096")]
    public void A_log_says_what_the_run_was(string name, string field, string? value)
    {
        var facts = LogFixtures.Learn(LogFixtures.Of(name)).GetProperty("facts");
        Assert.Equal(value, facts.TryGetProperty(field, out var fact) ? fact.GetProperty("value").GetString() : null);
    }

    /// <summary>With the seconds of a step and the rate of one device, the batch follows from the number of devices.</summary>
    [Fact]
    public void A_batch_that_follows_is_not_asked_for()
    {
        var run = LogFixtures.Learn(LogFixtures.Of("tensorboard"), "--model", "gpt2", "--gpu", "A100-80GB-SXM", "--n-gpus", "4",
            "--seq-len", "1024");
        Assert.Empty(run.Strings("missing"));
        Near(32768 * 4, run, "tokens_per_step", 0.01);
    }

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

    /// <summary>
    /// The same run told to be on a GPU that is four times as fast: the fields that would explain it are named before it is kept.
    /// </summary>
    [Fact]
    public void A_run_that_contradicts_the_rest_says_so_before_it_is_kept()
    {
        var run = LogFixtures.Learn(LogFixtures.Of("torchtitan.log"));
        var found = run.GetProperty("agreement");
        Assert.True(found.GetProperty("deviations").GetDouble() > 2.58);
        Assert.InRange(found.GetProperty("speed_ratio").GetDouble(), 0.1, 0.5);
        Assert.Contains(found.GetProperty("explanations").EnumerateArray(), one => one.GetProperty("field").GetString() == "gpu");
        Assert.Contains("It would agree with gpu", Assert.Single(run.Strings("contradictions")), StringComparison.Ordinal);
    }

    /// <summary>
    /// Once a like run is learned, the next one agrees with it: what was learned before counts, the run itself does not. The run is made
    /// two and a half times as fast, which is still half as fast as all else says.
    /// </summary>
    [Fact]
    public void A_run_is_held_against_what_was_learned_before()
    {
        using var folder = new TemporaryFolder();
        var store = Path.Combine(folder.Path, "evidence.db");
        var first = folder.Write("first.log", Faster(2.5));
        var before = Deviations(first);
        CommandRun.Of("learn", first, "--evidence", store);
        Assert.Equal(before, Deviations(first), 6);
        Assert.True(Deviations(folder.Write("second.log", Faster(2.55))) < before / 2);

        double Deviations(string log) => DeviationsOf(log, store);
    }

    /// <summary>A single run at a fifth of what all else says is doubted; a second one that says the same is believed.</summary>
    [Fact]
    public void A_run_far_off_is_believed_once_another_says_the_same()
    {
        using var folder = new TemporaryFolder();
        var store = Path.Combine(folder.Path, "evidence.db");
        var third = folder.Write("third.log", Faster(1.04));
        var before = DeviationsOf(third, store);
        CommandRun.Of("learn", folder.Write("first.log", Faster(1)), "--evidence", store);
        Assert.True(DeviationsOf(third, store) > before / 2);
        CommandRun.Of("learn", folder.Write("second.log", Faster(1.02)), "--evidence", store);
        Assert.True(DeviationsOf(third, store) < before / 5);
    }

    private static string Faster(double times) => Regex.Replace(
        File.ReadAllText(LogFixtures.Of("torchtitan.log")), @"tps:\s+([\d,]+)", speed => string.Create(CultureInfo.InvariantCulture,
            $"tps: {double.Parse(speed.Groups[1].Value, NumberStyles.Number, CultureInfo.InvariantCulture) * times:#,0}"));

    private static double DeviationsOf(string log, string store) =>
        LogFixtures.Learn(log, "--evidence", store).GetProperty("agreement").GetProperty("deviations").GetDouble();

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

    [Theory]
    [InlineData("torchtitan-tp-float8.log", "step: 200 ",
        "[default0]:[titan] 2026-02-03 10:00:00,000 - root - WARNING - 3 CUDA memory allocation retries.\n", "tried again 3 times")]
    [InlineData("composer-tokens.log", "[token=20971520", "\t Train memory/alloc_retries: 2\n", "tried again 2 times")]
    [InlineData("modded-nanogpt-2025.txt", "    train_max_seq_len",
        "    train_bs_schedule: tuple = (8 * 2048 * 8, 16 * 2048 * 8, 24 * 2048 * 8)\n", "batch changes")]
    public void What_makes_numbers_mean_less_is_said(string name, string where, string line, string note)
    {
        using var folder = new TemporaryFolder();
        var text = File.ReadAllText(LogFixtures.Of(name));
        var at = text.IndexOf(where, StringComparison.Ordinal);
        at = name.StartsWith("composer", StringComparison.Ordinal) ? text.IndexOf('\n', at) + 1 : text.LastIndexOf('\n', at) + 1;
        var run = LogFixtures.Learn(folder.Write(name, text.Insert(at, line)));
        Assert.Contains(run.Strings("notes"), told => told.Contains(note, StringComparison.Ordinal));
    }

    /// <summary>Where only lines that end a step are printed, what is between them is not known.</summary>
    [Fact]
    public void A_step_of_which_one_micro_batch_is_printed_says_so()
    {
        using var folder = new TemporaryFolder();
        var lines = File.ReadAllLines(LogFixtures.Of("litgpt.log"))
            .Where(line => !line.Contains(" ms remaining", StringComparison.Ordinal));
        var run = LogFixtures.Learn(folder.Write("litgpt.log", string.Join('\n', lines) + "\n"));
        Assert.Contains(run.Strings("notes"), told => told.Contains("the last of 4 micro-batches", StringComparison.Ordinal));
    }

    [Fact]
    public void A_panel_of_several_runs_is_none_of_them()
    {
        using var folder = new TemporaryFolder();
        var panel = folder.Write("panel.csv",
            "\"Step\",\"sun - throughput/device/tokens_per_sec\",\"sea - throughput/device/tokens_per_sec\"\n"
            + string.Concat(Enumerable.Range(1, 20).Select(step => $"{step},{8000 + step % 3},{4000 + step % 3}\n")));
        Assert.Contains("holds 2 runs (sun, sea)", LogFixtures.Learn(panel).GetProperty("reason").GetString(), StringComparison.Ordinal);
        Near(4001, LogFixtures.Learn(panel, "--map", "tokens_per_s_per_gpu=sea - throughput/device/tokens_per_sec"), "tokens_per_s_per_gpu",
            0.001);
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
            Assert.True(Assert.Single(JsonDocument.Parse(run.Output).RootElement.GetProperty("observations").EnumerateArray())
                .GetProperty("learned").GetBoolean());
        }
        var listed = CommandRun.Of("evidence", "list", "--evidence", store, "--format", "json").Output;
        Assert.Single(JsonDocument.Parse(listed).RootElement.EnumerateObject()
            .First(list => list.Value.ValueKind == JsonValueKind.Array).Value.EnumerateArray());
        var kept = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(store));
        Assert.DoesNotContain("zeppelin", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("hostseven", kept, StringComparison.Ordinal);
    }

    /// <summary>A configuration that names its model by a path.</summary>
    [Fact]
    public void A_models_path_is_not_kept()
    {
        using var folder = new TemporaryFolder();
        var store = Path.Combine(folder.Path, "evidence.db");
        folder.Write("config.yaml", "model_name: /home/zeppelin/models/tiny\nn_layer: 12\nn_embd: 768\nn_head: 12\n");
        var log = folder.Write("train.log", File.ReadAllText(LogFixtures.Of("nanogpt.log")));
        Assert.Equal(0, CommandRun.Of("learn", log, "--gpu", "A100-80GB-SXM", "--n-gpus", "8", "--evidence", store).ExitCode);
        var kept = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(store));
        Assert.DoesNotContain("zeppelin", kept, StringComparison.Ordinal);
        Assert.Contains("tiny", kept, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_kept_on_a_dry_run()
    {
        using var folder = new TemporaryFolder();
        var store = Path.Combine(folder.Path, "evidence.db");
        CommandRun.Of("learn", LogFixtures.Of("torchtitan.log"), "--evidence", store, "--dry-run");
        Assert.False(File.Exists(store));
    }

    /// <summary>What the shipped fit says of a run changes with the fit, and is tested by itself.</summary>
    [Fact]
    public void The_report_is_as_it_was() => Golden.Equal(
        string.Join('\n', string.Concat(LogFixtures.Lines.Select(name => CommandRun.Of("learn", LogFixtures.Of(name), "--dry-run").Output))
            .Split('\n')
            .Where(line => !line.Contains("standard deviations", StringComparison.Ordinal))), "learn.txt");

    private static void Near(double? expected, JsonElement run, string name, double within)
    {
        var value = run.GetProperty(name);
        if (expected is not { } number)
            Assert.Equal(JsonValueKind.Null, value.ValueKind);
        else
            Assert.InRange(value.GetDouble(), number * (1 - within), number * (1 + within));
    }
}
