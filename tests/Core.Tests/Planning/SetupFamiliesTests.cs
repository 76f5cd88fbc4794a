using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Search;
using SlmPlanner.Core.Training;
using SlmPlanner.Tests.Time;

namespace SlmPlanner.Tests.Planning;

public sealed class SetupFamiliesTests
{
    private static readonly Platform Platform = new(ExampleSetups.Device, 8, null);

    /// <summary>InternEvo divides optimizer states inside a node unless told otherwise; the fit of its rows says so too.</summary>
    [Fact]
    public void Zero1_stays_inside_a_node_where_the_stack_keeps_it_there()
    {
        Layout Zero1(bool inNode) => SetupFamilies.Of(Request("zero1"), Platform, nodes: 2, compile: false, inNode)[0].Layout;
        Assert.Equal((1, 16), (Zero1(false).Mesh.Replicas, Zero1(false).OptimizerRanks));
        Assert.Equal((2, 8), (Zero1(true).Mesh.Replicas, Zero1(true).OptimizerRanks));
        Assert.Equal("zero1(dp8)", Scheme.Of(Zero1(true)).ToString());
    }

    [Fact]
    public void A_group_may_be_asked_for() =>
        Assert.All(SetupFamilies.Of(Request("hsdp(dp4)"), Platform, nodes: 2, compile: false),
            setup => Assert.Equal(4, setup.ParameterRanks));

    /// <summary>By hand, 8 devices of one node: a group that is asked for is taken, whatever states it shares.</summary>
    [Theory]
    [InlineData("hsdp(dp4)", 2, 4, "hsdp(dp4)")]
    [InlineData("fsdp_full(dp4)", 2, 4, "hsdp(dp4)")]
    [InlineData("fsdp_grad_op(dp2)", 4, 2, "fsdp_grad_op(dp2)")]
    [InlineData("zero1(dp4)", 2, 4, "zero1(dp4)")]
    [InlineData("zero2(dp2)", 4, 2, "zero2(dp2)")]
    [InlineData("hsdp(dp8)", 1, 8, "fsdp_full")]
    [InlineData("hsdp", 1, 8, "fsdp_full")]
    public void A_group_inside_one_node_is_what_is_asked_for(string asked, int replicas, int shards, string shown) =>
        Assert.Equal([(replicas, shards, shown)], Families(Request(asked)).Select(setup =>
            (setup.Mesh.Replicas, setup.Mesh.Shards, Scheme.Of(setup.Layout).ToString())).Distinct());

    /// <summary>On one node hybrid sharding without a group of its own is full sharding: one layout under two names.</summary>
    [Fact]
    public void What_is_the_same_on_one_node_is_tried_once()
    {
        var one = Families(Request("fsdp_full"));
        var both = Families(Request("fsdp_full") with { Parallelisms = [Scheme.Hsdp, Scheme.FsdpFull] });
        Assert.Equal(one, both);
    }

    /// <summary>With a fused kernel there are no scores to drop: attention alone is not worth recomputing.</summary>
    [Theory]
    [InlineData(AttentionKind.Flash, false)]
    [InlineData(AttentionKind.Vanilla, true)]
    public void Attention_alone_is_recomputed_only_where_its_scores_are_kept(AttentionKind attention, bool isTried) =>
        Assert.Equal(isTried, SetupFamilies.Of(Request("ddp") with { Attentions = [attention] }, Platform, nodes: 1, compile: false)
            .Any(setup => setup.Recomputation == Recomputation.Attention));

    /// <summary>
    /// Per operation lies between nothing and all in memory and in time, so that it can win where the device is just too small.
    /// </summary>
    [Fact]
    public void Selective_recomputation_is_a_middle_way()
    {
        var time = ExampleSetups.Model();
        var memory = new Core.Memory.MemoryModel(ExampleSetups.Shape);
        (double Seconds, double Bytes) At(Recomputation kind)
        {
            var setup = ExampleSetups.Setup with { Recomputation = kind };
            return (time.Predict(setup).TotalSeconds, memory.Predict(setup).Total.Count);
        }
        var (none, selective, full) = (At(Recomputation.None), At(Recomputation.Selective), At(Recomputation.Full));
        Assert.True(none.Seconds < selective.Seconds && selective.Seconds < full.Seconds);
        Assert.True(none.Bytes > selective.Bytes && selective.Bytes > full.Bytes);
    }

    /// <summary>Nothing of either is tried unasked; asked for, inputs leave the device where blocks are computed again alone.</summary>
    [Fact]
    public void Losses_and_offloads_are_tried_where_they_are_asked_for()
    {
        Assert.All(Families(Request("ddp")), setup => Assert.True(setup.Loss.IsWhole && setup.Offload == Offload.None));
        var both = Families(Request("ddp") with
            { Losses = [LossForm.Fused, LossForm.Whole], Offloads = [Offload.Activations, Offload.None] });
        Assert.Equal([LossForm.Whole, LossForm.Fused], both.Select(setup => setup.Loss.Form).Distinct());
        Assert.Equal([(Recomputation.Full, Offload.Activations)],
            both.Where(setup => setup.Offload != Offload.None).Select(setup => (setup.Recomputation, setup.Offload)).Distinct());
        Assert.Equal(2 * 4, both.Count);
        Assert.All(Families(Request("ddp") with { Offloads = [Offload.Activations] }), setup => Assert.True(setup.KeepsInputsOnHost));
        Assert.Equal(8, Assert.Single(Families(Request("ddp") with { Losses = [LossForm.Chunked] })
            .Select(setup => setup.Loss.Chunks).Distinct()));
        Assert.Empty(Families(Request("ddp+tp(2)") with { Losses = [LossForm.Fused] }));
        Assert.All(Families(Request("ddp")), setup => Assert.Equal(0, setup.EvalBatch));
        Assert.All(Families(Request("ddp") with { EvalBatch = 64 }), setup => Assert.Equal(64, setup.EvalBatch));
    }

    /// <summary>A device without a slot that is known has no host to send to.</summary>
    [Fact]
    public void Nothing_is_sent_where_no_slot_is_known() => Assert.Empty(SetupFamilies.Of(
        Request("ddp") with { Offloads = [Offload.Activations] }, new(ExampleSetups.Device with { PcieGen = null }, 8, null), 1, false));

    private static IReadOnlyList<TrainingSetup> Families(PlanRequest request) =>
        SetupFamilies.Of(request, Platform, nodes: 1, compile: false);

    private static PlanRequest Request(string scheme) =>
        RequestDefaults.Fill(new() { Today = new(2026, 11, 24), SeqLen = 2048, Parallelisms = [Scheme.Parse(scheme)] });
}
