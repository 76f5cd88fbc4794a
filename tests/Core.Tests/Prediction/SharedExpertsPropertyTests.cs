using CsCheck;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Memory.Components;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;
using SlmPlanner.Tests.Planning;
using SlmPlanner.Tests.Time;

namespace SlmPlanner.Tests.Prediction;

/// <summary>What holds of ranks that share experts, whatever the model, the scheme and its groups.</summary>
public sealed class SharedExpertsPropertyTests
{
    private static readonly Gen<TransformerShape> Shapes = Gen.Select(Gen.Int[1, 6], Gen.Int[1, 4], Gen.Int[1, 3], Gen.Int[1, 3],
        (layers, width, perToken, wide) => Shape(layers, 512 * width, perToken, 256 * wide));

    private static readonly Gen<int> Ranks = PlanningWorld.AnyOf(1, 2, 4, 8);

    private static readonly Gen<TrainingSetup> Setups = Gen.Select(
        PlanningWorld.AnyOf("ddp", "zero1", "zero1(dp4)", "zero2", "zero2(dp8)", "fsdp_grad_op", "fsdp_full", "hsdp", "hsdp(dp4)"),
        PlanningWorld.AnyOf("", "+tp(2)+sp", "+cp(2)", "+tp(2)"), Gen.Int[1, 8], Gen.Int[1, 3],
        Gen.Enum<Recomputation>(), PlanningWorld.AnyOf(Precision.Bf16Mixed, Precision.Bf16Pure, Precision.Fp32),
        (scheme, axes, micro, accumulation, recomputation, precision) => ExampleSetups.Setup with
        {
            Layout = Scheme.Parse(scheme + axes).On(32, 8), MicroBatch = micro, GradAccum = accumulation, Recomputation = recomputation,
            Precision = precision, ExpertImbalance = 1,
        });

    /// <summary>
    /// Twice the ranks that share experts never take more memory, where tokens go evenly to them: parameters and states are divided
    /// further, or as far as they were. The buffers of two more groups to talk in come on top.
    /// </summary>
    [Fact]
    public void More_ranks_with_experts_take_no_more_memory() => Gen.Select(Shapes, Setups).Sample((shape, setup) =>
    {
        var model = new MemoryModel(shape, MemoryTraits.Unknown, MemoryConstants.Documented with { CollectiveBytes = 0 });
        var before = double.PositiveInfinity;
        foreach (var ranks in (int[])[1, 2, 4, 8])
        {
            var bytes = model.Predict(On(setup, ranks)).Total.Count;
            Assert.True(double.IsFinite(bytes) && bytes <= before * (1 + 1e-12), $"{bytes} bytes with {ranks} ranks, {before} before");
            before = bytes;
        }
    });

    /// <summary>One rank with all experts shares nothing: the same bits as without the axis.</summary>
    [Fact]
    public void One_rank_with_experts_is_none() => Gen.Select(Shapes, Setups).Sample((shape, setup) =>
    {
        var written = Scheme.Parse(Scheme.Of(setup.Layout) + "+ep(1)").On(32, 8);
        Assert.Equal(setup.Layout, written);
        Assert.Equal(0, ExampleSetups.Evaluate(shape, setup).In("expert_parallel"));
    });

    /// <summary>One group of all devices is no group.</summary>
    [Fact]
    public void A_group_of_all_is_full_sharding() => Gen.Select(Shapes, Setups, Ranks).Sample((shape, setup, ranks) =>
    {
        TrainingSetup Of(string scheme) => setup with { Layout = Scheme.Parse($"{scheme}+ep({ranks})").On(32, 8) };
        var (group, full) = (Of("hsdp(dp32)"), Of("fsdp_full"));
        Assert.Equal(ExampleSetups.Evaluate(shape, full).TotalSeconds, ExampleSetups.Evaluate(shape, group).TotalSeconds);
        Assert.Equal(new MemoryModel(shape).Predict(full), new MemoryModel(shape).Predict(group));
    });

    /// <summary>
    /// The slope of time over bytes between nodes: groups of a node that hold the experts of a block send nothing of them over the network
    /// but gradients once a step, so that a slower network costs them less than it costs one group of all.
    /// </summary>
    [Fact]
    public void Groups_inside_nodes_suffer_less_from_a_slow_network() => Gen.Select(Shapes, Ranks).Sample((shape, ranks) =>
    {
        double Slower(string scheme)
        {
            var layout = Scheme.Parse($"{scheme}+ep({ranks})").On(32, 8);
            var setup = ExampleSetups.Setup with { Layout = layout, GradAccum = 8, MicroBatch = 1 };
            double Seconds(double gbitS) => ExampleSetups.Evaluate(shape, setup, link: new(600, gbitS, "test")).TotalSeconds;
            return Seconds(50) - Seconds(800);
        }
        Assert.True(Slower("hsdp") < Slower("fsdp_full"));
    });

    private static TrainingSetup On(TrainingSetup setup, int ranks)
    {
        var mesh = setup.Mesh with { Expert = ranks };
        return setup with { Layout = setup.Layout with { Mesh = mesh } };
    }

    private static TransformerShape Shape(int layers, int width, int perToken, int inner)
    {
        var shape = ExampleSetups.Shape with { Layers = layers, DModel = width, Heads = 4, KvHeads = 4, HeadDim = width / 4 };
        var experts = new Experts { Count = 8, PerToken = perToken, Width = inner };
        return shape with { Sequence = new(shape.UsualBlock with { FeedForward = experts }, layers) };
    }
}
