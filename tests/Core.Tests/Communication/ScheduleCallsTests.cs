using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;
using SlmPlanner.Tests.Models;
using SlmPlanner.Tests.Time;

namespace SlmPlanner.Tests.Communication;

/// <summary>
/// Every call of a step by hand, as <c>operation axis phase times × bytes</c>, with a star where it may run beside computation. Four blocks
/// of a million parameters and a root of two million; gradients are sent in 4 bytes, weights in 4, under full sharding in 2.
/// </summary>
public sealed class ScheduleCallsTests
{
    private static readonly ShapeCosts Shape =
        ShapeCosts.Of(ExampleSetups.Shape, padsVocabulary: false) with { Layers = 4, Parameters = 6_000_000, BlockParameters = 1_000_000 };

    /// <summary>Three of four blocks have 8 experts of three matrices of 2048 × 1024: 37,748,736 parameters a block on average.</summary>
    private static readonly ShapeCosts Experts = ShapeCosts.Of(BlockWorkTests.Experts(), padsVocabulary: false);

    /// <summary>
    /// A bucket of 25 MiB holds seven blocks of 4 MB, so that none of the four is full: all 24 MB go at the end, in one call. A share of
    /// everything is no share: one shard of eight replicas adds up as plain replicas do, whatever it would divide.
    /// </summary>
    [Theory]
    [InlineData("ddp")]
    [InlineData("zero1(dp1)")]
    [InlineData("zero2(dp1)")]
    [InlineData("hsdp(dp1)")]
    public void Replicas_add_up_what_fills_no_bucket_in_one_call(string scheme) =>
        Assert.Equal(["AllReduce Data Step 1 x 24000000*"], Calls(Shape, scheme, 8));

    /// <summary>
    /// Two replicas of eight shards: gradients are scattered in every micro-batch, an eighth of them, 4 bytes of 125,000 and of 250,000,
    /// is added up over the replicas once, and ZeRO-2 gathers its weights once.
    /// </summary>
    [Fact]
    public void Replicas_of_shards_add_up_their_shares_once() => Assert.Equal(
        [
            "ReduceScatter Shards MicroBatch 4 x 4000000*", "ReduceScatter Shards MicroBatch 1 x 8000000*",
            "AllGather Shards Step 4 x 4000000*", "AllGather Shards Step 1 x 8000000*",
            "AllReduce Replicas Step 4 x 500000*", "AllReduce Replicas Step 1 x 1000000*",
        ],
        Calls(Shape, "zero2(dp8)", 16));

    /// <summary>
    /// Four shards of sequences that two ranks share are eight parts of each gradient: an eighth of it goes over the two replicas.
    /// </summary>
    [Fact]
    public void Ranks_that_share_a_sequence_share_its_gradients() => Assert.Equal(
        ["AllReduce Replicas Step 4 x 500000*", "AllReduce Replicas Step 1 x 1000000*"],
        Calls(Shape, "hsdp(dp4)+cp(2)", 16).Where(call => call.Contains("Replicas", StringComparison.Ordinal)));

    /// <summary>
    /// Of 16 blocks the last two are trained: ZeRO-1 scatters and gathers each of those as a unit of its own, and no root. Twenty blocks to
    /// train are all sixteen.
    /// </summary>
    [Theory]
    [InlineData(2, 2)]
    [InlineData(20, 16)]
    public void Trained_blocks_go_one_by_one(int trained, double sent)
    {
        var shape = ShapeCosts.Of(ExampleSetups.Shape, padsVocabulary: false);
        var block = 4 * shape.BlockParameters;
        Assert.Equal([$"ReduceScatter Shards Step {sent} x {block}*", $"AllGather Shards Step {sent} x {block}*"],
            Calls(shape, "zero1", 8, new(TuningMethod.Freeze, TrainedBlocks: trained)));
    }

    /// <summary>Full sharding with frozen blocks gathers every block twice in 16 bits, trained or not, and nothing beside it.</summary>
    [Fact]
    public void Frozen_blocks_bring_no_adapters()
    {
        var shape = ShapeCosts.Of(ExampleSetups.Shape, padsVocabulary: false);
        var gathers = Calls(shape, "fsdp_full", 8, new(TuningMethod.Freeze, TrainedBlocks: 2))
            .Where(call => call.StartsWith("AllGather", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, gathers.Count(call => call == $"AllGather Shards MicroBatch 16 x {2 * shape.BlockParameters}*"));
    }

    /// <summary>
    /// Eight ranks share the experts in fours: a block's quarter is 9,437,184 parameters, 37,748,736 bytes of gradients. What is divided
    /// says when they are scattered and gathered; full sharding has them, in 18,874,368 bytes, once more for the backward pass.
    /// </summary>
    [Theory]
    [InlineData("ddp+ep(4)", "AllReduce ExpertCopies Step 4 x 37748736*")]
    [InlineData("zero1+ep(4)", "ReduceScatter ExpertShards Step 4 x 37748736*", "AllGather ExpertShards Step 4 x 37748736*")]
    [InlineData("zero2+ep(4)", "ReduceScatter ExpertShards MicroBatch 4 x 37748736*", "AllGather ExpertShards Step 4 x 37748736*")]
    [InlineData("fsdp_grad_op+ep(4)", "ReduceScatter ExpertShards MicroBatch 4 x 37748736*",
        "AllGather ExpertShards MicroBatch 4 x 18874368*")]
    [InlineData("fsdp_full+ep(4)", "ReduceScatter ExpertShards MicroBatch 4 x 37748736*",
        "AllGather ExpertShards MicroBatch 4 x 18874368*", "AllGather ExpertShards MicroBatch 4 x 18874368*")]
    public void Experts_go_when_what_is_divided_says(string scheme, params string[] calls) => Assert.Equal(
        calls,
        Calls(Experts, scheme, 8).Where(call => call.Contains("Expert", StringComparison.Ordinal)));

    /// <summary>Where no ranks share experts, nothing goes among copies of them.</summary>
    [Fact]
    public void Experts_that_nobody_shares_go_with_their_blocks() => Assert.DoesNotContain(
        Calls(Experts, "zero1", 8), call => call.Contains("Expert", StringComparison.Ordinal));

    private static string[] Calls(in ShapeCosts shape, string scheme, int gpus, Tuning tuning = default)
    {
        var setup = ExampleSetups.Setup with { Layout = Scheme.Parse(scheme).On(gpus, 8), Tuning = tuning };
        return [.. CollectiveSchedule.Of(shape, setup, default, prefetches: true).Calls.ToArray()
            .Select(call => $"{call.Operation} {call.Axis} {call.Phase} {call.Times} x {call.Bytes}{(call.Overlaps ? "*" : "")}")];
    }
}
