using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;
using SlmPlanner.Tests.Models;
using SlmPlanner.Tests.Time;

namespace SlmPlanner.Tests.Communication;

/// <summary>Bytes of a step that trains a part of the parameters, by hand.</summary>
public sealed class TunedScheduleTests
{
    /// <summary>Rank 16 on queries and values of 2048 × 2048 in 16 blocks.</summary>
    private const double Adapters = 2_097_152;

    private static readonly ShapeCosts Shape = ShapeCosts.Of(ExampleSetups.Shape, padsVocabulary: false);
    private static readonly double Blocks = 16 * Shape.BlockParameters, Root = Shape.Parameters - Blocks;

    /// <summary>Replicas add up 4 bytes of each adapter; ZeRO-1 scatters those and gathers as many.</summary>
    [Fact]
    public void Gradients_of_adapters_alone_are_added_up()
    {
        Assert.Equal(4 * Adapters, Bytes("ddp", TuningMethod.Lora, CollectiveOperation.AllReduce), 1e-3);
        Assert.Equal(4 * Adapters, Bytes("zero1", TuningMethod.Lora, CollectiveOperation.ReduceScatter), 1e-3);
        Assert.Equal(4 * Adapters, Bytes("zero1", TuningMethod.Lora, CollectiveOperation.AllGather), 1e-3);
    }

    /// <summary>
    /// Full sharding gathers all blocks twice and the root once: frozen 16-bit weights in 2 bytes, 4-bit ones in 0.5 + 1/64 + 4/16,384,
    /// adapters in 2 bytes; the root in 16 bits either way. It scatters 4 bytes of each adapter.
    /// </summary>
    [Theory]
    [InlineData(TuningMethod.Lora, 2)]
    [InlineData(TuningMethod.Qlora, 0.5 + (1 / 64.0) + (4 / 16_384.0))]
    public void Frozen_weights_are_gathered_as_they_are_kept(TuningMethod method, double bytes)
    {
        Assert.Equal(2 * (bytes * Blocks + 2 * Adapters) + 2 * Root, Bytes("fsdp_full", method, CollectiveOperation.AllGather), 1);
        Assert.Equal(4 * Adapters, Bytes("fsdp_full", method, CollectiveOperation.ReduceScatter), 1e-3);
    }

    /// <summary>The last two of sixteen blocks are trained: two of them are added up, and no root.</summary>
    [Fact]
    public void Gradients_of_the_last_blocks_alone_are_added_up() =>
        Assert.Equal(4 * 2 * Shape.BlockParameters, Bytes("ddp", TuningMethod.Freeze, CollectiveOperation.AllReduce), 1e-3);

    /// <summary>
    /// Six of sixteen blocks on four stages: the last stage has four of them, and adds up those with its other data-parallel rank.
    /// </summary>
    [Fact]
    public void The_stage_with_the_most_trained_blocks_adds_those_up()
    {
        var tuning = new Tuning(TuningMethod.Freeze, TrainedBlocks: 6);
        var setup = ExampleSetups.Setup with { Layout = Scheme.Parse("zero1+pp(4)").On(8, 8), Tuning = tuning };
        var calls = CollectiveSchedule.Of(Shape.On(setup.Layout, tuning), setup, default, prefetches: true).Calls.ToArray();
        Assert.Equal(4 * 4 * Shape.BlockParameters, calls.Where(call => call.Operation == CollectiveOperation.ReduceScatter)
            .Sum(call => call.Bytes * call.Times), 1e-3);
        Assert.All(calls, call => Assert.Equal(4, call.Times));
    }

    /// <summary>
    /// Ranks that share the model add up their own adapters' gradients, and only with those that have the same. Of 4,096 sides beside
    /// queries and values two tensor-parallel ranks have 2,048 + 1,024 each; two stages have eight blocks each; ranks that share sequences
    /// have all adapters, and count as data-parallel ones.
    /// </summary>
    [Theory]
    [InlineData("tp(2)", 4, 0.75)]
    [InlineData("pp(2)", 4, 0.5)]
    [InlineData("cp(2)", 8, 1)]
    [InlineData("tp(2)+pp(2)+cp(2)", 2, 0.375)]
    public void Ranks_with_the_same_adapters_add_them_up(string scheme, int ranks, double share)
    {
        var setup = Setup(scheme, TuningMethod.Lora);
        var sum = 0.0;
        foreach (var call in CollectiveSchedule.Of(Shape.On(setup.Layout), setup, default, prefetches: true).Calls)
            sum += call is { Operation: CollectiveOperation.AllReduce, Axis: MeshAxis.Data } ? call.Bytes * call.Times : double.NaN;
        Assert.Equal(4 * share * Adapters, sum, 1e-3);
        Assert.Equal(ranks, GroupPlacement.Of(MeshAxis.Data, setup.Layout).Ranks);
    }

    /// <summary>
    /// Full sharding beside two tensor-parallel ranks gathers a half of the frozen weights, quantised ones in their bits, and three
    /// quarters of the adapters.
    /// </summary>
    [Fact]
    public void Full_sharding_gathers_a_ranks_part_of_frozen_weights()
    {
        var setup = Setup("fsdp_full+tp(2)+sp", TuningMethod.Qlora);
        var sum = 0.0;
        foreach (var call in CollectiveSchedule.Of(Shape.On(setup.Layout), setup, default, prefetches: true).Calls)
            sum += call.Operation == CollectiveOperation.AllGather ? call.Bytes * call.Times : 0;
        Assert.Equal(2 * ((0.5 + (1 / 64.0) + (4 / 16_384.0)) * Blocks / 2 + 2 * 0.75 * Adapters) + 2 * Root / 2, sum, 1.0);
    }

    /// <summary>
    /// Four blocks, three of them with 8 experts of 2048 × 1024 three times, rank 16 on all, four ranks share the experts in two groups of
    /// eight. Two ranks of a group divide adapters of two experts, 3 blocks · 2 · 3 · 16 · 3,072 of them, and gather those with the frozen
    /// 16-bit weights; the groups add up a half.
    /// </summary>
    [Fact]
    public void Adapters_of_experts_are_added_up_by_those_that_have_the_experts()
    {
        const double Held = 3 * 2 * 3 * 2048.0 * 1024, Trained = 3 * 2 * 3 * 16 * 3072.0;
        var setup = Setup("hsdp+ep(4)", TuningMethod.Lora, 16) with { Tuning = new(TuningMethod.Lora, 16, AdapterTargets.All) };
        var shape = ShapeCosts.Of(BlockWorkTests.Experts(), padsVocabulary: false).On(setup.Layout);
        var sums = new Dictionary<(CollectiveOperation, MeshAxis), double>();
        foreach (var call in CollectiveSchedule.Of(shape, setup, default, prefetches: true).Calls)
            sums[(call.Operation, call.Axis)] = sums.GetValueOrDefault((call.Operation, call.Axis)) + call.Bytes * call.Times;
        Assert.Equal(4 * Trained, sums[(CollectiveOperation.ReduceScatter, MeshAxis.ExpertShards)], 1.0);
        Assert.Equal(2 * 2 * (Held + Trained), sums[(CollectiveOperation.AllGather, MeshAxis.ExpertShards)], 1.0);
        Assert.Equal(4 * Trained / 2, sums[(CollectiveOperation.AllReduce, MeshAxis.ExpertReplicas)], 1.0);
        var usual = setup.Tuning.Rank * (4 * 4 * 4096.0 + 2 * 10_240);
        Assert.Equal(4 * usual, sums[(CollectiveOperation.ReduceScatter, MeshAxis.Shards)], 1.0);
        Assert.Equal(4 * usual / 8, sums[(CollectiveOperation.AllReduce, MeshAxis.Replicas)], 1.0);
    }

    private static TrainingSetup Setup(string scheme, TuningMethod method, int gpus = 8) => ExampleSetups.Setup with
    {
        Layout = Scheme.Parse(scheme).On(gpus, 8),
        Tuning = new(method, 16, AdapterTargets.Query | AdapterTargets.Value, TrainedBlocks: 2),
    };

    private static double Bytes(string scheme, TuningMethod method, CollectiveOperation operation)
    {
        var setup = Setup(scheme, method);
        var sum = 0.0;
        foreach (var call in CollectiveSchedule.Of(Shape, setup, default, prefetches: true).Calls)
            sum += call.Operation == operation ? call.Bytes * call.Times : 0;
        return sum;
    }
}
