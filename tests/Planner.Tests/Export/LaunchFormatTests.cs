using System.Text.Json.Nodes;
using SlmPlanner.Core;
using SlmPlanner.Core.Training;
using SlmPlanner.Planner.Export;
using Tomlyn;
using Tomlyn.Model;
using YamlDotNet.Serialization;

namespace SlmPlanner.Planner.Tests.Export;

public sealed class LaunchFormatTests
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();

    [Fact]
    public void SkyPilot_rents_the_plan()
    {
        var task = Yaml.Deserialize<Dictionary<string, object>>(LaunchFileTests.Written(LaunchFormat.SkyPilot));
        var resources = Assert.IsType<Dictionary<object, object>>(task["resources"]);
        Assert.Equal(2, Convert.ToInt32(task["num_nodes"]));
        Assert.Equal("lambda/us-south-2", resources["infra"]);
        Assert.Equal("H100:8", resources["accelerators"]);
        Assert.Equal(false, resources["use_spot"]);
        Assert.Contains("--micro-batch 16 --grad-accum 2", (string)task["run"], StringComparison.Ordinal);
    }

    /// <summary>The id of this plan looks like a number, which it must not become.</summary>
    [Fact]
    public void The_id_of_the_plan_is_a_text_where_the_format_has_a_place_for_it()
    {
        var id = LaunchFileTests.Plan.PlanId;
        var task = Yaml.Deserialize<Dictionary<string, object>>(LaunchFileTests.Written(LaunchFormat.SkyPilot));
        Assert.Equal(id, Assert.IsType<Dictionary<object, object>>(task["envs"])["SLM_PLAN_ID"]);
        Assert.Equal(id, (string?)JsonNode.Parse(LaunchFileTests.Written(LaunchFormat.Deepspeed))!["slm_plan"]!["plan_id"]);
        var job = (TomlTable)TomlSerializer.Deserialize<TomlTable>(LaunchFileTests.Written(LaunchFormat.Torchtitan))!["job"];
        Assert.EndsWith($"plan {id}", (string)job["description"], StringComparison.Ordinal);
    }

    [Fact]
    public void Torchtitan_has_the_recipe_as_settings()
    {
        var config = TomlSerializer.Deserialize<TomlTable>(LaunchFileTests.Written(LaunchFormat.Torchtitan))!;
        var (optimizer, rates) = ((TomlTable)config["optimizer"], (TomlTable)config["lr_scheduler"]);
        Assert.Equal(("AdamW", 1e-3, 0.9, 0.95, 0.1),
            (optimizer["name"], optimizer["lr"], optimizer["beta1"], optimizer["beta2"], optimizer["weight_decay"]));
        Assert.Equal((381L, "cosine"), (rates["warmup_steps"], rates["decay_type"]));
        Assert.Equal(0.1, (double)rates["min_lr_factor"], 1e-12);
        Assert.Equal(1.0, Convert.ToDouble(((TomlTable)config["training"])["max_norm"]));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(OptimizerKind.AdamWFused, true)]
    [InlineData(OptimizerKind.Muon, false)]
    public void Deepspeed_has_the_recipe_where_it_is_for_its_optimizer(OptimizerKind? optimizer, bool told)
    {
        var config = JsonNode.Parse(LaunchFileTests.Written(LaunchFormat.Deepspeed, LaunchFileTests.Plan with { Optimizer = optimizer }))!;
        Assert.Equal(1, (double?)config["gradient_clipping"]);
        Assert.Equal("0.001", (string?)config["slm_plan"]!["learning_rate"]);
        Assert.Equal(told ? 1e-3 : null, (double?)config["optimizer"]?["params"]!["lr"]);
        Assert.Equal(told ? 0.95 : null, (double?)config["optimizer"]?["params"]!["betas"]![1]);
        Assert.Equal(told ? 38_147 : null, (long?)config["scheduler"]?["params"]!["total_num_steps"]);
        Assert.Equal(told ? 381 : null, (long?)config["scheduler"]?["params"]!["warmup_num_steps"]);
    }

    [Theory]
    [InlineData("ddp", "MULTI_GPU", null)]
    [InlineData("fsdp_full", "FSDP", "FULL_SHARD")]
    [InlineData("fsdp_grad_op", "FSDP", "SHARD_GRAD_OP")]
    [InlineData("hsdp", "FSDP", "HYBRID_SHARD")]
    public void Accelerate_shards_as_planned(string scheme, string type, string? strategy)
    {
        var config = Yaml.Deserialize<Dictionary<string, object>>(
            LaunchFileTests.Written(LaunchFormat.Accelerate, LaunchFileTests.Plan with { Parallelism = Scheme.Parse(scheme) }));
        Assert.Equal(type, config["distributed_type"]);
        Assert.Equal(16, Convert.ToInt32(config["num_processes"]));
        Assert.Equal(2, Convert.ToInt32(config["num_machines"]));
        Assert.Equal("bf16", config["mixed_precision"]);
        var fsdp = config.GetValueOrDefault("fsdp_config") as Dictionary<object, object>;
        Assert.Equal(strategy, fsdp?["fsdp_sharding_strategy"]);
        Assert.True(fsdp is null || (bool)fsdp["fsdp_activation_checkpointing"]);
    }

    [Theory]
    [InlineData("zero1", 1)]
    [InlineData("zero2", 2)]
    public void Accelerate_leaves_zero_to_deepspeed(string scheme, int stage)
    {
        var config = Yaml.Deserialize<Dictionary<string, object>>(
            LaunchFileTests.Written(LaunchFormat.Accelerate, LaunchFileTests.Plan with { Parallelism = Scheme.Parse(scheme) }));
        var deepspeed = Assert.IsType<Dictionary<object, object>>(config["deepspeed_config"]);
        Assert.Equal("DEEPSPEED", config["distributed_type"]);
        Assert.Equal(stage, Convert.ToInt32(deepspeed["zero_stage"]));
        Assert.Equal(2, Convert.ToInt32(deepspeed["gradient_accumulation_steps"]));
    }

    [Theory]
    [InlineData("ddp", 16, 1, "never")]
    [InlineData("fsdp_grad_op", 1, 16, "never")]
    [InlineData("fsdp_full", 1, 16, "always")]
    [InlineData("hsdp", 2, 8, "always")]
    [InlineData("hsdp(dp4)", 4, 4, "always")]
    [InlineData("fsdp_grad_op(dp2)", 8, 2, "never")]
    public void Torchtitan_shards_as_planned(string scheme, long replicate, long shard, string reshard)
    {
        var config = TomlSerializer.Deserialize<TomlTable>(
            LaunchFileTests.Written(LaunchFormat.Torchtitan, LaunchFileTests.Plan with { Parallelism = Scheme.Parse(scheme) }))!;
        var (training, degrees) = ((TomlTable)config["training"], (TomlTable)config["parallelism"]);
        Assert.Equal((replicate, shard, reshard),
            ((long)degrees["data_parallel_replicate_degree"], (long)degrees["data_parallel_shard_degree"],
                (string)degrees["fsdp_reshard_after_forward"]));
        Assert.Equal((16L, 16L * 2 * 16, 1024L), ((long)training["local_batch_size"], (long)training["global_batch_size"],
            (long)training["seq_len"]));
        Assert.Equal((long)Math.Ceiling(20e9 / (16 * 2 * 16 * 1024)), training["steps"]);
        Assert.Equal("bfloat16", training["mixed_precision_param"]);
        Assert.Equal("full", ((TomlTable)config["activation_checkpoint"])["mode"]);
        Assert.Equal(false, ((TomlTable)config["compile"])["enable"]);
    }

    [Theory]
    [InlineData("ddp", 0)]
    [InlineData("zero1", 1)]
    [InlineData("zero2", 2)]
    [InlineData("fsdp_full", 3)]
    public void Deepspeed_shards_as_planned(string scheme, int stage)
    {
        var config = JsonNode.Parse(LaunchFileTests.Written(LaunchFormat.Deepspeed,
            LaunchFileTests.Plan with { Parallelism = Scheme.Parse(scheme) }))!;
        Assert.Equal(stage, (int)config["zero_optimization"]!["stage"]!);
        Assert.Equal((16, 2, 512), ((int)config["train_micro_batch_size_per_gpu"]!, (int)config["gradient_accumulation_steps"]!,
            (int)config["train_batch_size"]!));
        Assert.True((bool)config["bf16"]!["enabled"]!);
        Assert.Equal("flash", (string?)config["slm_plan"]!["attention"]);
        Assert.Equal("full", (string?)config["slm_plan"]!["recomputation"]);
    }

    /// <summary>What the plan counted is what the job is told: fp32 sums in mixed precision, two bytes in pure bfloat16.</summary>
    [Theory]
    [InlineData(Precision.Bf16Mixed, "float32", "fp32")]
    [InlineData(Precision.Fp32, "float32", "fp32")]
    [InlineData(Precision.Bf16Pure, "bfloat16", null)]
    public void Gradients_are_reduced_in_the_bytes_that_were_planned(Precision precision, string torchtitan, string? deepspeed)
    {
        var plan = LaunchFileTests.Plan with { Precision = precision, Parallelism = Scheme.FsdpFull };
        Assert.Contains($"mixed_precision_reduce = \"{torchtitan}\"", LaunchFileTests.Written(LaunchFormat.Torchtitan, plan),
            StringComparison.Ordinal);
        Assert.Contains($"gradient_reduce_bytes: {(torchtitan == "float32" ? 4 : 2)}", LaunchFileTests.Written(LaunchFormat.Torchrun, plan),
            StringComparison.Ordinal);
        if (deepspeed is not null)
            Assert.Equal(deepspeed, JsonNode.Parse(LaunchFileTests.Written(LaunchFormat.Deepspeed, plan))![
                "communication_data_type"]!.GetValue<string>());
    }

    [Fact]
    public void Zero_in_groups_is_left_to_the_script()
    {
        var grouped = LaunchFileTests.Plan with { Parallelism = Scheme.Parse("zero1(dp8)") };
        Assert.Contains("zero1(dp8)", Assert.Throws<InputException>(() => LaunchFileTests.Written(LaunchFormat.Deepspeed, grouped)).Message,
            StringComparison.Ordinal);
        Assert.Contains("--parallelism 'zero1(dp8)'", LaunchFileTests.Written(LaunchFormat.Torchrun, grouped), StringComparison.Ordinal);
    }

    [Fact]
    public void Torchtitan_recomputes_per_operation()
    {
        var selective = LaunchFileTests.Plan with { Recomputation = Recomputation.Selective };
        Assert.Contains("selective_ac_option = \"op\"", LaunchFileTests.Written(LaunchFormat.Torchtitan, selective),
            StringComparison.Ordinal);
        Assert.Contains("torchrun", Assert.Throws<InputException>(() => LaunchFileTests.Written(
            LaunchFormat.Torchtitan, selective with { Recomputation = Recomputation.Attention })).Message, StringComparison.Ordinal);
    }
}
