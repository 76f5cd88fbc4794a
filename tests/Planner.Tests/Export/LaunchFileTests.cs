using SlmPlanner.Core;
using SlmPlanner.Core.Planning.Results;
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

    internal static string Written(LaunchFormat format, Candidate? candidate = null) =>
        LaunchFile.Write(ExamplePlan.Feasible() with { Recommendation = candidate ?? Plan }, format);

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

    [Theory]
    [InlineData(LaunchFormat.SkyPilot)]
    [InlineData(LaunchFormat.Slurm)]
    [InlineData(LaunchFormat.Torchrun)]
    [InlineData(LaunchFormat.Accelerate)]
    [InlineData(LaunchFormat.Torchtitan)]
    public void Every_setting_of_the_plan_is_in_the_file(LaunchFormat format)
    {
        var lines = Written(format).Split('\n');
        Assert.All(PlanFacts.Of(Plan), fact => Assert.Contains($"# {fact.Key}: {fact.Value}", lines));
    }

    [Fact]
    public void A_plan_without_a_recommendation_is_refused() =>
        Assert.Throws<InputException>(() => LaunchFile.Write(ExamplePlan.Infeasible(), LaunchFormat.Slurm));

    [Theory]
    [InlineData(LaunchFormat.Torchtitan, "zero1", Precision.Bf16Mixed, "deepspeed")]
    [InlineData(LaunchFormat.Torchtitan, "ddp", Precision.Fp16Mixed, "torchrun")]
    [InlineData(LaunchFormat.Deepspeed, "ddp", Precision.Bf16Pure, "torchrun")]
    [InlineData(LaunchFormat.Deepspeed, "zero1+tp(2)+sp", Precision.Bf16Mixed, "torchtitan")]
    [InlineData(LaunchFormat.Accelerate, "fsdp_full+cp(2)", Precision.Bf16Mixed, "torchtitan")]
    [InlineData(LaunchFormat.Torchtitan, "fsdp_full+tp(2)", Precision.Bf16Mixed, "+sp")]
    [InlineData(LaunchFormat.Torchtitan, "ddp+pp(2)+zb", Precision.Bf16Mixed, "torchrun")]
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
}
