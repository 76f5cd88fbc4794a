using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;
using SlmPlanner.Tests.Time;

namespace SlmPlanner.Tests.Communication;

/// <summary>
/// Bytes of what ranks that share a model exchange, worked out by hand: 16 blocks of width 2,048, 8 sequences of 2,048 tokens, two bytes an
/// element, so that what goes from block to block is 8 · 2,048 · 2,048 · 2 bytes = 64 MiB.
/// </summary>
public sealed class ModelScheduleTests
{
    private const double Activation = 64 << 20;

    /// <summary>
    /// Shoeybi et al. 2019: two all-reduces forward and two backward for each of 16 blocks, and one each for embedding and head.
    /// </summary>
    [Fact]
    public void Tensor_parallelism_adds_up_four_times_a_block()
    {
        var calls = Tensor("tp(4)");
        Assert.Equal([(CollectiveOperation.AllReduce, Activation, 66.0, false), (CollectiveOperation.AllReduce, 65_536.0, 3.0, false)],
            calls);
    }

    /// <summary>The same volume, since an all-reduce is a reduce-scatter and an all-gather; what is gathered again runs beside.</summary>
    [Fact]
    public void Sequence_parallelism_moves_the_same_bytes_where_it_waits()
    {
        var calls = Tensor("tp(4)+sp");
        Assert.Equal((CollectiveOperation.ReduceScatter, Activation, 66.0, false), calls[0]);
        Assert.Equal((CollectiveOperation.AllGather, Activation, 66.0, false), calls[1]);
        Assert.Equal((CollectiveOperation.AllGather, Activation, 32.0, true), calls[2]);
    }

    [Fact]
    public void A_forward_pass_that_runs_again_exchanges_again() =>
        Assert.Equal(16 * 6 + 2, Tensor("tp(4)", Recomputation.Full)[0].Item3);

    /// <summary>Four stages share 16 blocks: 4 of them on the average rank, and a quarter of the tables' exchanges.</summary>
    [Fact]
    public void A_stage_exchanges_for_its_own_blocks() => Assert.Equal(4 * 4 + 0.5, Tensor("tp(2)+pp(4)")[0].Item3);

    /// <summary>P = 4: three boundaries, each crossed twice, by four ranks; with two parts each, seven boundaries.</summary>
    [Theory]
    [InlineData("pp(4)", 1.5, Activation)]
    [InlineData("pp(4)+vp(2)", 3.5, Activation)]
    [InlineData("pp(4)+tp(2)", 1.5, Activation)]
    [InlineData("pp(4)+tp(2)+sp", 1.5, Activation / 2)]
    public void Stages_hand_on_what_goes_from_block_to_block(string scheme, double times, double bytes)
    {
        Span<CollectiveCall> calls = stackalloc CollectiveCall[4];
        var (part, setup) = On(scheme);
        Assert.Equal(1, new ModelSchedule(part, setup, 2).Pipeline(calls));
        Assert.Equal((CollectiveOperation.SendReceive, times, bytes, MeshAxis.Neighbours, false),
            (calls[0].Operation, calls[0].Times, calls[0].Bytes, calls[0].Axis, calls[0].Overlaps));
    }

    /// <summary>
    /// Keys and values of a quarter of the tokens, 2 · 4,096 · 2,048 · 2 bytes = 32 MiB, three steps in each of three passes of 16 blocks.
    /// </summary>
    [Fact]
    public void Keys_and_values_travel_around_the_ring()
    {
        Span<CollectiveCall> calls = stackalloc CollectiveCall[4];
        var (part, setup) = On("cp(4)");
        Assert.Equal(1, new ModelSchedule(part, setup, 2).Context(calls));
        Assert.Equal((32.0 * (1 << 20), 3.0 * 3 * 16), (calls[0].Bytes, calls[0].Times));
    }

    /// <summary>Attention that runs again in the backward pass has keys and values travel a fourth time.</summary>
    [Fact]
    public void Recomputed_attention_sends_its_keys_again()
    {
        Span<CollectiveCall> calls = stackalloc CollectiveCall[4];
        var (part, setup) = On("cp(4)");
        new ModelSchedule(part, setup with { Recomputation = Recomputation.Full }, 2).Context(calls);
        Assert.Equal(4.0 * 3 * 16, calls[0].Times);
    }

    /// <summary>One stage of four has the loss, whose three exchanges are 0.75 of the average rank; all are waited for.</summary>
    [Fact]
    public void A_stage_in_four_exchanges_the_loss() =>
        Assert.Equal((CollectiveOperation.AllReduce, 65_536.0, 0.75, false), Tensor("tp(2)+pp(4)")[1]);

    /// <summary>
    /// Gradients are added up among all that see other tokens or other parts of a sequence, and a rank has its own blocks' alone.
    /// </summary>
    [Theory]
    [InlineData("cp(4)", 4, 1)]
    [InlineData("tp(4)", 2, 4)]
    [InlineData("tp(2)+cp(2)", 4, 2)]
    public void Gradients_are_added_up_by_those_who_share_parameters(string scheme, int ranks, double parts)
    {
        var layout = Scheme.Parse(scheme).On(8 / (scheme == "cp(4)" ? 2 : 1), 8);
        var setup = ExampleSetups.Setup with { Layout = layout };
        var shape = ShapeCosts.Of(ExampleSetups.Shape, padsVocabulary: false);
        var bytes = 0.0;
        foreach (var call in CollectiveSchedule.Of(shape.On(layout), setup, default, prefetches: true).Calls)
            bytes += call.Bytes * call.Times;
        Assert.Equal(4 * shape.Parameters / parts, bytes, 1.0);
        Assert.Equal(ranks, GroupPlacement.Of(MeshAxis.Data, layout).Ranks);
    }

    /// <summary>Two nodes of eight: tensor-parallel ranks are neighbours, stages lie furthest apart.</summary>
    [Theory]
    [InlineData("tp(4)+pp(2)", "Tensor", 4, 1, 1)]
    [InlineData("tp(4)+pp(2)", "Data", 2, 1, 1)]
    [InlineData("tp(4)+pp(2)", "Neighbours", 2, 2, 8)]
    [InlineData("tp(2)", "Data", 8, 2, 2)]
    [InlineData("zero1(dp2)+tp(2)+cp(2)", "Shards", 4, 1, 1)]
    [InlineData("zero1(dp2)+tp(2)+cp(2)", "Replicas", 2, 2, 8)]
    [InlineData("tp(16)", "Tensor", 16, 2, 1)]
    [InlineData("tp(2)+cp(2)", "Context", 2, 1, 1)]
    [InlineData("ep(4)", "Expert", 4, 1, 1)]
    [InlineData("hsdp+ep(4)", "Expert", 4, 1, 1)]
    [InlineData("hsdp+ep(4)", "ExpertShards", 2, 1, 1)]
    [InlineData("hsdp+ep(4)", "ExpertReplicas", 2, 2, 8)]
    [InlineData("hsdp+ep(4)", "ExpertCopies", 4, 2, 4)]
    [InlineData("hsdp(dp4)+ep(16)", "Expert", 16, 2, 1)]
    [InlineData("hsdp(dp2)+ep(4)", "ExpertReplicas", 4, 2, 4)]
    [InlineData("fsdp_full+cp(2)+ep(4)", "Expert", 4, 1, 1)]
    [InlineData("fsdp_full+cp(2)+ep(4)", "ExpertShards", 4, 2, 4)]
    [InlineData("hsdp+tp(2)+ep(4)", "Expert", 4, 1, 1)]
    [InlineData("hsdp+tp(2)+ep(4)", "ExpertReplicas", 2, 2, 8)]
    public void Axes_lie_on_nodes_in_the_order_of_what_they_say(string scheme, string axis, int ranks, int nodes, int sharing)
    {
        var group = GroupPlacement.Of(Enum.Parse<MeshAxis>(axis), Scheme.Parse(scheme).On(16, 8));
        Assert.Equal((ranks, nodes, sharing), (group.Ranks, group.Nodes, group.Sharing));
    }

    private static List<(CollectiveOperation, double, double, bool)> Tensor(string scheme, Recomputation recomputation = Recomputation.None)
    {
        Span<CollectiveCall> calls = stackalloc CollectiveCall[4];
        var (part, setup) = On(scheme);
        setup = setup with { Recomputation = recomputation };
        var count = new ModelSchedule(part, setup, 2).Tensor(calls);
        var list = new List<(CollectiveOperation, double, double, bool)>();
        foreach (var call in calls[..count])
            list.Add((call.Operation, call.Bytes, call.Times, call.Overlaps));
        return list;
    }

    private static (ShapeCosts Part, TrainingSetup Setup) On(string scheme)
    {
        var parsed = Scheme.Parse(scheme);
        var layout = parsed.On(parsed.Tensor * parsed.Pipeline * parsed.Context, 8);
        return (ShapeCosts.Of(ExampleSetups.Shape, padsVocabulary: false).On(layout), ExampleSetups.Setup with { Layout = layout });
    }
}
