using CsCheck;
using SlmPlanner.Core;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Tests.Training;

public sealed class SchemeTests
{
    private static readonly Gen<(Scheme Scheme, int Gpus, int PerNode)> Cases = (
        from name in Gen.Enum<SchemeName>()
        from groups in Gen.Int[1, 6]
        from shards in Gen.Int[1, 9]
        from isGrouped in Gen.Bool
        from tensor in Gen.Int[1, 3]
        from pipeline in Gen.Int[1, 3]
        from context in Gen.Int[1, 2]
        from expert in Gen.Int[1, 2]
        from sequence in Gen.Bool
        from chunks in Gen.Int[1, 3]
        from zeroBubble in Gen.Bool
        from perNode in Gen.Int[1, 16]
        select (
            new Scheme(name, isGrouped && name != SchemeName.Ddp ? shards : 0, tensor, pipeline, context, expert, sequence,
                pipeline > 1 ? chunks : 1, pipeline > 1 && chunks == 1 && zeroBubble),
            groups * shards * tensor * pipeline * context * expert,
            perNode)).Where(any => any.Item1.Divides(any.Item2, any.Item3));

    [Fact]
    public void What_is_written_is_read_again() => Cases.Sample(any => Scheme.Parse(any.Scheme.ToString()) == any.Scheme);

    [Fact]
    public void The_scheme_of_a_layout_gives_the_layout_on_its_devices() => Cases.Sample(any =>
    {
        var layout = any.Scheme.On(any.Gpus, any.PerNode);
        return Scheme.Of(layout).On(any.Gpus, any.PerNode) == layout && layout.Gpus == any.Gpus;
    });

    /// <summary>By hand: 16 devices on two nodes of 8.</summary>
    [Theory]
    [InlineData("ddp", 16, 1, 1, 1, 1)]
    [InlineData("zero1", 1, 16, 16, 1, 1)]
    [InlineData("zero1(dp8)", 2, 8, 8, 1, 1)]
    [InlineData("zero2", 1, 16, 16, 16, 1)]
    [InlineData("fsdp_grad_op", 1, 16, 16, 16, 16)]
    [InlineData("fsdp_full", 1, 16, 16, 16, 16)]
    [InlineData("hsdp", 2, 8, 8, 8, 8)]
    [InlineData("hsdp(dp4)", 4, 4, 4, 4, 4)]
    [InlineData("tp(2)+pp(4)", 2, 1, 1, 1, 1)]
    [InlineData("pp(2)+zero1(dp4)+tp(2)+sp", 1, 4, 4, 1, 1)]
    [InlineData("ddp(8)+tp(2)", 8, 1, 1, 1, 1)]
    public void Every_scheme_is_a_point_of_the_mesh(string text, int replicas, int shards, int optimizer, int gradients, int parameters)
    {
        var layout = Scheme.Parse(text).On(16, 8);
        Assert.Equal((replicas, shards), (layout.Mesh.Replicas, layout.Mesh.Shards));
        Assert.Equal((optimizer, gradients, parameters), (layout.OptimizerRanks, layout.GradientRanks, layout.ParameterRanks));
        Assert.Equal(2, layout.Nodes);
    }

    [Theory]
    [InlineData("tp(2)+pp(4)", "ddp+tp(2)+pp(4)")]
    [InlineData("tp2+pp=4", "ddp+tp(2)+pp(4)")]
    [InlineData("FSDP_FULL+cp(8)", "fsdp_full+cp(8)")]
    [InlineData("ep(2)+sp+tp(4)+zero1(dp8)", "zero1(dp8)+tp(4)+sp+ep(2)")]
    [InlineData("vp(2)+pp(4)", "ddp+pp(4)+vp(2)")]
    [InlineData("zb+pp(4)+cp(2)", "ddp+pp(4)+zb+cp(2)")]
    public void Axes_may_come_in_any_order(string text, string written) => Assert.Equal(written, Scheme.Parse(text).ToString());

    [Theory]
    [InlineData("zero4", "zero")]
    [InlineData("zero1(8)", "zero1(dp8)")]
    [InlineData("ddp+tp", "'tp'")]
    [InlineData("ddp+tp(0)", "'tp(0)'")]
    [InlineData("ddp+zero1", "'zero1'")]
    [InlineData("", "value")]
    public void What_is_no_scheme_is_refused(string text, string says) =>
        Assert.Contains(says, Assert.Throws<InputException>(() => Scheme.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_group_that_does_not_divide_the_ranks_is_refused()
    {
        Assert.Throws<InputException>(() => Scheme.Parse("zero1(dp5)").On(16, 8));
        Assert.Throws<InputException>(() => Scheme.Parse("tp(3)").On(16, 8));
        Assert.Throws<InputException>(() => Scheme.Parse("ddp(dp4)").On(16, 8));
    }

    /// <summary>Ranks that share experts see different tokens: they are data-parallel ranks, not devices more.</summary>
    [Fact]
    public void Ranks_that_share_experts_are_data_parallel()
    {
        Assert.Equal((8, 8), (Scheme.Parse("ep(4)").On(8, 8).Mesh.DataRanks, Scheme.Parse("ep(4)").On(8, 8).Gpus));
        Assert.Throws<InputException>(() => Scheme.Parse("ep(3)").On(8, 8));
    }

    /// <summary>
    /// By hand, 16 devices on two nodes of 8: groups of 8 and 4 ranks with experts leave 2 that share the states of the same ones, in two
    /// copies; where the ranks with experts are several groups, none share any. Ranks that share a sequence share experts first.
    /// </summary>
    [Theory]
    [InlineData("hsdp+ep(4)", 16, 2, 2)]
    [InlineData("hsdp+ep(8)", 16, 1, 2)]
    [InlineData("hsdp(dp4)+ep(2)", 16, 2, 4)]
    [InlineData("zero1(dp2)+ep(4)", 16, 1, 4)]
    [InlineData("fsdp_full+ep(4)", 16, 4, 1)]
    [InlineData("hsdp(dp4)+cp(2)+ep(4)", 16, 2, 2)]
    [InlineData("zero1+cp(4)+ep(8)", 16, 2, 1)]
    public void What_experts_leave_of_a_group_shares_their_states(string scheme, int gpus, int shards, int replicas)
    {
        var mesh = Scheme.Parse(scheme).On(gpus, 8).Mesh;
        Assert.Equal((shards, replicas), (mesh.ExpertShards, mesh.ExpertReplicas));
        Assert.Equal(gpus, mesh.Expert * mesh.ExpertShards * mesh.ExpertReplicas);
    }

    [Theory]
    [InlineData("hsdp(dp6)+ep(4)", 12)]
    [InlineData("zero1(dp3)+ep(2)", 12)]
    public void Experts_that_groups_do_not_hold_are_refused(string scheme, int gpus)
    {
        Assert.Contains("group", Assert.Throws<InputException>(() => Scheme.Parse(scheme).On(gpus, 8)).Message, StringComparison.Ordinal);
        Assert.False(Scheme.Parse(scheme).Divides(gpus, 8));
    }

    [Theory]
    [InlineData("vp(2)", "+pp(N)")]
    [InlineData("tp(2)+zb", "+pp(N)")]
    [InlineData("pp(2)+vp(2)+zb", "one of them")]
    public void A_schedule_needs_a_pipeline_and_is_one(string text, string says) =>
        Assert.Contains(says, Assert.Throws<InputException>(() => Scheme.Parse(text).On(8, 8)).Message, StringComparison.Ordinal);
}
