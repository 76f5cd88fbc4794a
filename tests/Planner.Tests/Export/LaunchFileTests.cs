using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Recipe;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Text;
using SlmPlanner.Core.Training;
using SlmPlanner.Planner.Export;
using SlmPlanner.Planner.Tests.Presentation.Plans;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Export;

public sealed class LaunchFileTests
{
    /// <summary>Two nodes of eight, so that every part of a launch matters.</summary>
    internal static readonly Candidate Plan = ExamplePlan.Feasible().BestPerGpu[0] with
    {
        PlanId = "12345678901234e5",
        Provider = "lambda", InstanceType = "gpu_8x_h100_sxm5", Region = "us-south-2", Gpu = "H100-SXM",
        Nodes = 2, GpusPerNode = 8, Gpus = 16, Parallelism = Scheme.Hsdp, MicroBatch = 16, GradAccum = 2,
        Precision = Precision.Bf16Mixed, Recomputation = Recomputation.Full, HoursHigh = 30.2,
    };

    /// <summary>A recipe of round numbers: 20B tokens in steps of 524,288 are 38,147 steps.</summary>
    internal static readonly TrainingRecipe Recipe = new()
    {
        BatchTokens = 524_288, OptimalBatch = [new("step-law", 442_000, true, "Step Law")], FreeFromTokens = 221_000,
        FreeUntilTokens = 884_000, TwentyPercentBatch = new("critical-batch", 1.2e6, false, "critical batch"),
        KneeBatch = new("power-lines", 5.5e6, false, "Power Lines"),
        LearningRate = [new("step-law", 1e-3, true, "Step Law"), new("deepseek", 9e-4, true, "DeepSeek")],
        WeightDecay = new("adamw-timescale", 0.1, false, "AdamW time scale"), Steps = 38_147, WarmupSteps = 381,
        FinalLearningRate = 1e-4, Beta1 = 0.9, Beta2 = 0.95, ClipNorm = 1,
    };

    /// <summary>The recipe as a script of the user's own gets it.</summary>
    internal static readonly (string Key, string Value)[] Told =
    [
        ("steps", "38147"), ("batch_tokens", "524288"), ("learning_rate", "0.001"), ("lr_schedule", "cosine"), ("warmup_steps", "381"),
        ("final_learning_rate", "0.0001"), ("weight_decay", "0.1"), ("beta1", "0.9"), ("beta2", "0.95"), ("clip_norm", "1"),
    ];

    internal static string Written(LaunchFormat format, Candidate? candidate = null) =>
        LaunchFile.Write(ExamplePlan.Feasible() with { Recommendation = candidate ?? Plan, Recipe = Recipe }, format);

    [Theory]
    [InlineData(LaunchFormat.SkyPilot, "skypilot.yaml")]
    [InlineData(LaunchFormat.Slurm, "slurm.sh")]
    [InlineData(LaunchFormat.Torchrun, "torchrun.sh")]
    [InlineData(LaunchFormat.Accelerate, "accelerate.yaml")]
    [InlineData(LaunchFormat.Torchtitan, "torchtitan.toml")]
    [InlineData(LaunchFormat.Deepspeed, "deepspeed.json")]
    [InlineData(LaunchFormat.Dstack, "dstack.yaml")]
    [InlineData(LaunchFormat.Kubernetes, "kubernetes.yaml")]
    public void A_plan_is_written_as_its_golden_file(LaunchFormat format, string golden) => Golden.Equal(Written(format), golden);

    /// <summary>Names as they stand in the engines' own tables of devices and clouds.</summary>
    [Theory]
    [InlineData(LaunchFormat.SkyPilot, "lambda", "H100-SXM", "infra: lambda/us-south-2", "accelerators: H100:8")]
    [InlineData(LaunchFormat.SkyPilot, "runpod", "H100-SXM", "infra: runpod/us-south-2", "accelerators: H100-SXM:8")]
    [InlineData(LaunchFormat.SkyPilot, "digitalocean", "H200", "infra: do/us-south-2", "accelerators: H200:8")]
    [InlineData(LaunchFormat.Dstack, "lambda", "H100-SXM", "- lambda", "gpu: H100:80GB:8")]
    [InlineData(LaunchFormat.Dstack, "vast", "A100-40GB-SXM", "- vastai", "gpu: A100:40GB:8")]
    [InlineData(LaunchFormat.Dstack, "runpod", "RTXA6000", "- runpod", "gpu: A6000:8")]
    public void Engines_are_asked_for_what_they_call_it(LaunchFormat format, string provider, string gpu, params string[] lines)
    {
        var written = Written(format, Plan with { Provider = provider, Gpu = gpu }).Split('\n').Select(line => line.Trim()).ToArray();
        Assert.All(lines, line => Assert.Contains(line, written));
    }

    [Theory]
    [InlineData(LaunchFormat.SkyPilot)]
    [InlineData(LaunchFormat.Dstack)]
    public void A_provider_at_which_an_engine_does_not_rent_is_refused(LaunchFormat format)
    {
        var refused = Assert.Throws<InputException>(() => Written(format, Plan with { Provider = "akash" }));
        Assert.Contains("does not rent at akash; it does at aws, ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("provider: akash", Written(LaunchFormat.Slurm, Plan with { Provider = "akash" }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LaunchFormat.SkyPilot)]
    [InlineData(LaunchFormat.Slurm)]
    [InlineData(LaunchFormat.Torchrun)]
    [InlineData(LaunchFormat.Accelerate)]
    [InlineData(LaunchFormat.Torchtitan)]
    public void Every_setting_of_the_plan_is_in_the_file(LaunchFormat format)
    {
        var lines = Written(format).Split('\n');
        Assert.All([.. PlanFacts.Of(Plan), .. Told], fact => Assert.Contains($"# {fact.Key}: {fact.Value}", lines));
        Assert.Contains(lines, line => line.Contains("0.1 (AdamW time scale, recalled)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(LaunchFormat.Torchrun)]
    [InlineData(LaunchFormat.Dstack)]
    [InlineData(LaunchFormat.Deepspeed)]
    [InlineData(LaunchFormat.Torchtitan)]
    public void A_plan_without_a_recipe_tells_none(LaunchFormat format)
    {
        var written = LaunchFile.Write(ExamplePlan.Feasible() with { Recommendation = Plan, Recipe = null }, format);
        Assert.All(["learning", "weight", "clip", "optimizer", "beta1"], word => Assert.DoesNotContain(word, written, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(LaunchFormat.Torchrun)]
    [InlineData(LaunchFormat.Slurm)]
    [InlineData(LaunchFormat.SkyPilot)]
    [InlineData(LaunchFormat.Dstack)]
    [InlineData(LaunchFormat.Kubernetes)]
    public void A_script_of_ones_own_gets_the_recipe(LaunchFormat format) => Assert.Contains(
        string.Join(' ', Told.Select(fact => $"--{fact.Key.Replace('_', '-')} {fact.Value}")), Written(format), StringComparison.Ordinal);

    /// <summary>A training program has the recipe among its own settings, so that it is not told twice.</summary>
    [Fact]
    public void A_training_program_is_not_told_the_recipe_as_arguments() => Assert.DoesNotContain(
        "--final-learning-rate", LaunchFile.Write(ExamplePlan.Feasible() with { Recommendation = Plan, Recipe = Recipe },
            LaunchFormat.Torchrun, _ => new("pip install it\n", "run it\n")), StringComparison.Ordinal);

    [Fact]
    public void A_plan_without_a_recommendation_is_refused() =>
        Assert.Throws<InputException>(() => LaunchFile.Write(ExamplePlan.Infeasible(), LaunchFormat.Slurm));

    [Theory]
    [InlineData(LaunchFormat.Torchtitan, "zero1", Precision.Bf16Mixed, "deepspeed")]
    [InlineData(LaunchFormat.Torchtitan, "ddp", Precision.Fp16Mixed, "torchrun")]
    [InlineData(LaunchFormat.Deepspeed, "ddp", Precision.Bf16Pure, "torchrun")]
    [InlineData(LaunchFormat.Deepspeed, "zero1+tp(2)+sp", Precision.Bf16Mixed, "torchtitan")]
    [InlineData(LaunchFormat.Accelerate, "fsdp_full+cp(2)", Precision.Bf16Mixed, "torchtitan")]
    [InlineData(LaunchFormat.Accelerate, "hsdp(dp4)", Precision.Bf16Mixed, "among the 8 GPUs of a machine")]
    [InlineData(LaunchFormat.Accelerate, "fsdp_grad_op(dp4)", Precision.Bf16Mixed, "without the group")]
    [InlineData(LaunchFormat.Deepspeed, "fsdp_grad_op(dp4)", Precision.Bf16Mixed, "without the group")]
    [InlineData(LaunchFormat.Deepspeed, "zero1(dp4)", Precision.Bf16Mixed, "torchrun")]
    [InlineData(LaunchFormat.Torchtitan, "fsdp_full+tp(2)", Precision.Bf16Mixed, "+sp")]
    [InlineData(LaunchFormat.Torchtitan, "ddp+pp(2)+zb", Precision.Bf16Mixed, "torchrun")]
    [InlineData(LaunchFormat.Torchtitan, "ddp+ep(2)", Precision.Bf16Mixed, "fsdp_full")]
    [InlineData(LaunchFormat.Torchtitan, "hsdp(dp4)+ep(8)", Precision.Bf16Mixed, "inside a group of sharded ranks, here 4")]
    [InlineData(LaunchFormat.Torchtitan, "fsdp_full+cp(4)+ep(2)", Precision.Bf16Mixed, "every rank that shares a sequence")]
    public void What_a_format_cannot_do_is_refused_with_a_way_out(LaunchFormat format, string scheme, Precision precision, string instead)
    {
        var candidate = Plan with { Parallelism = Scheme.Parse(scheme), Precision = precision };
        Assert.Contains(instead, Assert.Throws<InputException>(() => Written(format, candidate)).Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// By hand: 16 GPUs are 4 shards, 2 tensor-parallel ranks and 2 stages; 16 sequences twice are a local batch of 32, times 4 a global
    /// one of 128.
    /// </summary>
    [Fact]
    public void Torchtitan_is_told_how_the_model_is_shared()
    {
        var file = Written(LaunchFormat.Torchtitan,
            Plan with { Parallelism = Scheme.Parse("fsdp_full+tp(2)+sp+pp(2)"), Recomputation = Recomputation.None });
        Assert.All(
            [
                "data_parallel_shard_degree = 4", "tensor_parallel_degree = 2", "pipeline_parallel_degree = 2",
                "pipeline_parallel_schedule = \"1F1B\"",
                "pipeline_parallel_microbatch_size = 16", "local_batch_size = 32", "global_batch_size = 128",
            ],
            line => Assert.Contains(line, file, StringComparison.Ordinal));
    }

    /// <summary>
    /// By hand: 16 GPUs are two groups of 4 shards of 2 tensor-parallel ranks each; the experts of a block lie in one group.
    /// </summary>
    [Fact]
    public void Torchtitan_is_told_of_experts_in_groups()
    {
        var file = Written(LaunchFormat.Torchtitan, Plan with { Parallelism = Scheme.Parse("hsdp(dp4)+tp(2)+sp+ep(4)") });
        Assert.All(
            [
                "data_parallel_replicate_degree = 2", "data_parallel_shard_degree = 4", "tensor_parallel_degree = 2",
                "expert_parallel_degree = 4", "expert_tensor_parallel_degree = 2",
            ],
            line => Assert.Contains(line, file, StringComparison.Ordinal));
    }

    /// <summary>
    /// A script of the user's own is told how a model with frozen weights is shared; configurations that have no such weights, or no such
    /// ranks, refuse.
    /// </summary>
    [Theory]
    [InlineData(LaunchFormat.Torchrun, false, "fsdp_full+tp(2)+sp", TuningMethod.Qlora)]
    [InlineData(LaunchFormat.Kubernetes, false, "fsdp_full+tp(2)+sp", TuningMethod.Qlora)]
    [InlineData(LaunchFormat.Torchtitan, true, "fsdp_full+tp(2)+sp", TuningMethod.Qlora)]
    [InlineData(LaunchFormat.Accelerate, true, "fsdp_full+tp(2)+sp", TuningMethod.Qlora)]
    [InlineData(LaunchFormat.Deepspeed, true, "fsdp_full+tp(2)+sp", TuningMethod.Qlora)]
    [InlineData(LaunchFormat.Slurm, false, "zero1+pp(4)", TuningMethod.Freeze)]
    [InlineData(LaunchFormat.Torchtitan, true, "ddp+pp(4)", TuningMethod.Freeze)]
    [InlineData(LaunchFormat.Accelerate, true, "ddp+pp(4)", TuningMethod.Freeze)]
    [InlineData(LaunchFormat.Deepspeed, true, "zero1+pp(4)", TuningMethod.Freeze)]
    public void A_shared_model_with_frozen_weights_is_told_or_refused(
        LaunchFormat format, bool isRefused, string scheme, TuningMethod method)
    {
        var candidate = Plan with { Parallelism = Scheme.Parse(scheme), Tuning = new(method) };
        if (isRefused)
        {
            var told = Assert.Throws<InputException>(() => Written(format, candidate)).Message;
            Assert.Contains("torchrun", told, StringComparison.Ordinal);
            Assert.DoesNotContain("export to torchtitan", told, StringComparison.Ordinal);
            return;
        }
        var written = Written(format, candidate);
        Assert.Contains(scheme, written, StringComparison.Ordinal);
        Assert.Contains($"--method {DeclaredName.Of(method)}", written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LaunchFormat.Torchrun)]
    [InlineData(LaunchFormat.Slurm)]
    [InlineData(LaunchFormat.SkyPilot)]
    public void A_script_is_told_how_the_model_is_shared(LaunchFormat format) =>
        Assert.Contains("zero1+tp(2)+sp+pp(2)", Written(format, Plan with { Parallelism = Scheme.Parse("zero1+tp(2)+sp+pp(2)") }),
            StringComparison.Ordinal);

    [Fact]
    public void Accelerate_refuses_the_selective_recomputation_that_it_does_not_have() =>
        Assert.Contains("torchtitan", Assert.Throws<InputException>(() =>
            Written(LaunchFormat.Accelerate, Plan with { Recomputation = Recomputation.Selective })).Message, StringComparison.Ordinal);

    [Fact]
    public void A_value_with_a_line_end_stays_inside_its_comment() =>
        Assert.All(Written(LaunchFormat.Accelerate, Plan with { Model = "a\nrm: -rf" }).Split('\n'),
            line => Assert.False(line.StartsWith("rm", StringComparison.Ordinal)));

    /// <summary>Configurations have no setting for them; a script of the user's own is told.</summary>
    [Theory]
    [InlineData(LaunchFormat.Accelerate, true)]
    [InlineData(LaunchFormat.Torchtitan, true)]
    [InlineData(LaunchFormat.Deepspeed, true)]
    [InlineData(LaunchFormat.Torchrun, false)]
    [InlineData(LaunchFormat.Slurm, false)]
    public void Long_sequences_are_told_or_refused(LaunchFormat format, bool isRefused)
    {
        var scheme = format == LaunchFormat.Deepspeed ? Scheme.Zero1 : Plan.Parallelism;
        var chunked = Plan with { Parallelism = scheme, Loss = LossForm.Chunked, LossChunks = 16 };
        var offloaded = Plan with { Parallelism = scheme, Offload = Offload.Activations };
        if (isRefused)
        {
            Assert.Contains("--loss whole", Assert.Throws<InputException>(() => Written(format, chunked)).Message,
                StringComparison.Ordinal);
            Assert.Contains("--offload none", Assert.Throws<InputException>(() => Written(format, offloaded)).Message,
                StringComparison.Ordinal);
            return;
        }
        Assert.Contains("--loss chunked --loss-chunks 16", Written(format, chunked), StringComparison.Ordinal);
        Assert.Contains("--offload activations", Written(format, offloaded), StringComparison.Ordinal);
        Assert.DoesNotContain("--loss", Written(format), StringComparison.Ordinal);
    }
}
