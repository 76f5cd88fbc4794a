using CsCheck;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;
using SlmPlanner.Tests.Time;

namespace SlmPlanner.Tests.Models;

/// <summary>How blocks that differ are dealt out to stages.</summary>
public sealed class BlockWorkTests
{
    /// <summary>
    /// Four blocks of 1 and one of 4 are 4 and 4 on two stages, in units of the mean 1.6: 2.5 each; parameters go where the blocks go.
    /// </summary>
    [Fact]
    public void The_stage_with_the_most_has_as_little_as_can_be()
    {
        var split = new BlockWork([1, 1, 1, 1, 4], [1, 1, 1, 1, 1]).Split(2, head: 0);
        Assert.Equal((4, 1, 4), (split.First, split.Last, split.Most));
        Assert.Equal(new StageShares(2.5, 2.5, 2.5), split.Working);
        Assert.Equal(new StageShares(4, 1, 4), split.Holding);
    }

    /// <summary>A head of 4 mean blocks stands on the last stage, so that the first has the more blocks.</summary>
    [Fact]
    public void A_head_that_counts_leaves_the_last_stage_fewer_blocks()
    {
        var equal = Enumerable.Repeat(1.0, 16).ToArray();
        Assert.Equal((10, 6), new BlockWork(equal, equal).Split(2, head: 4) is var split ? (split.First, split.Last) : default);
    }

    [Fact]
    public void Equal_blocks_are_dealt_out_as_equal_ones() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[1, 12]).Where((blocks, stages) => stages <= blocks).Sample((blocks, stages) =>
        {
            var equal = Enumerable.Repeat(3.0, blocks).ToArray();
            var (dealt, counted) = (new BlockWork(equal, equal).Split(stages, 0), StageSplit.Of(blocks, stages, 0));
            Assert.Equal((counted.First, counted.Last, counted.Most), (dealt.First, dealt.Last, dealt.Most));
            Assert.Equal(counted.Most, dealt.Working.Most, 1e-9);
        });

    [Fact]
    public void No_other_division_has_a_smaller_largest_stage() =>
        Gen.Select(Gen.Double[0.1, 10].Array[1, 9], Gen.Int[1, 5], Gen.Double[0, 8]).Where((work, stages, _) => stages <= work.Length)
        .Sample((work, stages, head) =>
        {
            var mean = work.Average();
            var split = new BlockWork(work, work).Split(stages, head);
            var largest = stages == 1 ? split.Working.Last + head : Math.Max(split.Working.Most, split.Working.Last + head);
            var scaled = work.Select(amount => amount / mean).ToArray();
            Assert.Equal(Least(scaled, stages, head), largest, 1e-6);
        });

    [Theory]
    [InlineData("tp(4)", true)]
    [InlineData("tp(4)+pp(2)", true)]
    [InlineData("pp(3)+vp(2)", false)]
    [InlineData("ep(4)", true)]
    [InlineData("ep(3)", false)]
    [InlineData("zero1(dp2)+ep(2)", true)]
    [InlineData("hsdp+ep(4)", true)]
    [InlineData("hsdp+ep(3)", false)]
    [InlineData("tp(32)", false)]
    public void A_model_with_experts_can_be_divided_by_its_heads_blocks_and_experts(string scheme, bool allowed) =>
        Assert.Equal(allowed, ModelDivision.Allows(Experts(), Scheme.Parse(scheme)));

    [Fact]
    public void A_model_without_experts_has_none_to_share() =>
        Assert.False(ModelDivision.Allows(ExampleSetups.Shape, Scheme.Parse("ep(2)")));

    /// <summary>
    /// Four blocks of the example's width; the first is dense, the others have 8 experts of width 1024, of which a token passes 2.
    /// </summary>
    internal static TransformerShape Experts()
    {
        var dense = ExampleSetups.Shape.UsualBlock;
        var experts = dense with { FeedForward = new Experts { Count = 8, PerToken = 2, Width = 1024 } };
        return ExampleSetups.Shape with { Name = "experts", Layers = 4, Sequence = new([dense, experts, experts, experts]) };
    }

    private static double Least(double[] work, int stages, double head) => stages == 1
        ? work.Sum() + head
        : Enumerable.Range(1, work.Length - stages + 1).Min(count => Math.Max(work[..count].Sum(), Least(work[count..], stages - 1, head)));
}
