using System.Text.Json;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Logs;

/// <summary>Traps that the sources of loggers show (docs/notebook/logs.md, "What the loggers' sources say"), each by itself.</summary>
public sealed class LoggerTrapTests
{
    /// <summary>Ranks of the first pipeline stage print -1 for the loss; the last stage's counts.</summary>
    [Fact]
    public void A_loss_that_a_stage_does_not_have_is_none()
    {
        var loss = LogFixtures.Learn(LogFixtures.Of("torchtitan-pipeline.log")).GetProperty("last_loss").GetDouble();
        Assert.InRange(loss, 3.1, 3.2);
    }

    /// <summary>
    /// A version that prints no mesh: how many devices share a sequence is not told, so that the batch does not tell the devices.
    /// </summary>
    [Fact]
    public void Devices_do_not_follow_from_the_batch_where_splits_are_not_told()
    {
        var run = Changed("torchtitan-configs.log", text => string.Join('\n', text.Split('\n')
            .Where(line => !line.Contains("tensor_parallel_degree", StringComparison.Ordinal))));
        Assert.Equal("--n-gpus", string.Join(' ', run.Strings("missing")));
    }

    /// <summary>The Trainer's arguments and its model lie among a tokenizer's files, which are no logs.</summary>
    [Fact]
    public void A_trainers_folder_is_one_run_with_its_configuration()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "generation_config.json",
            "added_tokens.json", "model.safetensors.index.json", "eval_results.json" })
            folder.Write(name, "{}");
        folder.Write("merges.txt", "a b\n");
        folder.Write("trainer_state.json", File.ReadAllText(LogFixtures.Of("hf-finished/trainer_state.json")));
        folder.Write("checkpoint-200/trainer_state.json", File.ReadAllText(LogFixtures.Of("hf-unfinished/trainer_state.json")));
        folder.Write("all_results.json", File.ReadAllText(LogFixtures.Of("hf-results/all_results.json")));
        File.Copy(LogFixtures.Of("configs/training_args.bin"), Path.Combine(folder.Path, "training_args.bin"));
        var run = LogFixtures.Learn(folder.Path);
        Assert.Equal("hf-trainer-json", run.GetProperty("format").GetString());
        Assert.Equal("16", run.GetProperty("facts").GetProperty("grad_accum").GetProperty("value").GetString());
        Assert.DoesNotContain(run.Strings("notes"), note => note.Contains("is not taken", StringComparison.Ordinal));
    }

    /// <summary>
    /// Weights and Biases' folder of a run: its list of packages is no log, and its summary holds one value of each metric.
    /// </summary>
    [Fact]
    public void A_trackers_notes_are_no_logs()
    {
        using var folder = new TemporaryFolder();
        folder.Write("requirements.txt", "torch==2.9.0\n");
        var summary = folder.Write("wandb-summary.json", """{"_step":5000,"_runtime":4000.5,"throughput(tps)":21000.0}""");
        folder.Write("config.yaml", "wandb_version: 1\nseq_length:\n  desc: null\n  value: 2048\n");
        var run = LogFixtures.Learn(folder.Write("output.log", File.ReadAllText(LogFixtures.Of("nanogpt.log"))));
        Assert.DoesNotContain(run.Strings("notes"), note => note.Contains("is not taken", StringComparison.Ordinal));
        Assert.Contains("last value of each", LogFixtures.Learn(summary).GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    /// <summary>torchtitan's validation has a batch and a length of its own.</summary>
    [Fact]
    public void The_batch_of_validation_is_not_that_of_training()
    {
        using var folder = new TemporaryFolder();
        folder.Write("train.toml",
            "[validation]\nlocal_batch_size = 1\nseq_len = 1024\n[training]\nlocal_batch_size = 2\nseq_len = 4096\n");
        var log = folder.Write("metrics.csv", File.ReadAllText(LogFixtures.Of("wandb-panel.csv")));
        var facts = LogFixtures.Learn(log).GetProperty("facts");
        Assert.Equal("2", facts.GetProperty("micro_batch_per_gpu").GetProperty("value").GetString());
        Assert.Equal("4096", facts.GetProperty("seq_len").GetProperty("value").GetString());
    }

    /// <summary>What is multiplied in eight bits is kept in sixteen elsewhere: log and configuration are both right.</summary>
    [Fact]
    public void Float8_in_the_log_does_not_contradict_the_format_in_the_configuration()
    {
        using var folder = new TemporaryFolder();
        folder.Write("train.toml", "[training]\nmixed_precision_param = \"bfloat16\"\n");
        var run = LogFixtures.Learn(folder.Write("train.log", File.ReadAllText(LogFixtures.Of("torchtitan-tp-float8.log"))));
        Assert.DoesNotContain(run.Strings("contradictions"), sentence => sentence.Contains("precision", StringComparison.Ordinal));
        Assert.Equal("fp8", run.GetProperty("facts").GetProperty("precision").GetProperty("value").GetString());
    }

    /// <summary>Composer's newest version tells the clock's unit beside it.</summary>
    [Fact]
    public void Composers_clock_is_in_the_unit_beside_it()
    {
        var run = Changed("composer-minutes.log", text => text.Replace("    time_unit: minutes\n", "", StringComparison.Ordinal)
            .Replace("\t Train time/val:", "\t Train time_minutes/train: 1.0\n\t Train time/val:", StringComparison.Ordinal)
            .Replace("samples_per_sec", "others_per_sec", StringComparison.Ordinal));
        Assert.InRange(run.GetProperty("step_time_s").GetDouble(), 1.5 * 0.99, 1.5 * 1.01);
    }

    /// <summary>torchtune's first versions divide memory by 10^9, and say so where they tell the model's.</summary>
    [Fact]
    public void Torchtunes_memory_is_in_the_unit_that_it_names()
    {
        var run = Changed("torchtune.log", text => text.Replace(" GiB", " GB", StringComparison.Ordinal));
        Assert.InRange(run.GetProperty("peak_memory_bytes").GetDouble(), 36.5e9 * 0.999, 36.5e9 * 1.001);
        Assert.Contains(run.Strings("notes"), note => note.Contains("bear a loss", StringComparison.Ordinal));
    }

    /// <summary>Adapters beside frozen weights: the run is shown and not learned as full training.</summary>
    [Fact]
    public void A_run_that_trains_adapters_is_not_learned_as_full_training()
    {
        var run = LogFixtures.Learn(LogFixtures.Of("hf-unsloth.log"), "--model", "gpt2", "--seq-len", "1024");
        Assert.Contains(run.Strings("notes"), note => note.Contains("Only 0.52 %", StringComparison.Ordinal));
        Assert.False(run.GetProperty("usable").GetBoolean());
        Assert.Contains("--rows", run.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Records of 2026 change batch and length from stage to stage.</summary>
    [Fact]
    public void Stages_of_training_in_a_source_say_that_the_batch_changes()
    {
        var run = Changed("modded-nanogpt-2025.txt", text => text.Replace("    train_batch_size: int = 2048 * 24 * 8\n",
            "TRAINING_STAGES = [\n    TrainingStage(lr_mul=1.0, batch_size=8 * 2048 * 8, train_max_seq_len=896),\n",
            StringComparison.Ordinal));
        Assert.Contains(run.Strings("notes"), note => note.Contains("batch changes", StringComparison.Ordinal));
    }

    /// <summary>OLMo-core without its monitor of memory names the device where it tells its peak.</summary>
    [Fact]
    public void A_device_is_named_where_its_peak_is()
    {
        var run = Changed("olmo-core.log", text => string.Join('\n', text.Split('\n').Select(line =>
            line.Contains("GPU capacity: ", StringComparison.Ordinal)
                ? "2026-02-03 10:00:00.000\thost:0\tspeed_monitor:70\tINFO\tDevice: NVIDIA A100-SXM4-80GB, Device peak FLOPS: 312000000000000"
                : line)));
        Assert.Equal("NVIDIA A100-SXM4-80GB", run.GetProperty("facts").GetProperty("gpu").GetProperty("value").GetString());
    }

    /// <summary>
    /// Some of MLPerf's submissions tell the sequences since the last line and not all so far, some call the step step_num.
    /// </summary>
    [Theory]
    [InlineData("samples_count", 640)]
    [InlineData("step_num", 0)]
    public void Mlperfs_lines_count_as_their_program_does(string key, int number)
    {
        using var folder = new TemporaryFolder();
        var lines = Enumerable.Range(1, 30).Select(line => new
        {
            time_ms = line * 5000,
            key = "tracked_stats",
            value = new { train_step_time = 0.5 + line % 3 / 1000.0, reduced_train_loss = 4 - line / 100.0 },
            metadata = new Dictionary<string, int> { [key] = number > 0 ? number : line * 10 },
        });
        var run = LogFixtures.Learn(folder.Write("mlperf.log",
            ":::MLLOG {\"time_ms\": 1, \"key\": \"global_batch_size\", \"value\": 64}\n"
            + string.Concat(lines.Select(line => $":::MLLOG {JsonSerializer.Serialize(line)}\n"))));
        Assert.Equal(30, run.GetProperty("steps").GetInt32());
        Assert.InRange(run.GetProperty("step_time_s").GetDouble(), 0.499, 0.503);
        Assert.InRange(run.GetProperty("last_loss").GetDouble(), 3.69, 3.71);
    }

    private static JsonElement Changed(string name, Func<string, string> change)
    {
        using var folder = new TemporaryFolder();
        return LogFixtures.Learn(folder.Write(name, change(File.ReadAllText(LogFixtures.Of(name)))));
    }
}
