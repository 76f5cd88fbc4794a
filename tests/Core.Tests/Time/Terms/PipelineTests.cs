using CsCheck;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Tests.Time.Terms;

/// <summary>Pipelines against the fractions of the literature: a model without a head worth mentioning, so that stages are equal.</summary>
public sealed class PipelineTests
{
    private static readonly TransformerShape Headless = ExampleSetups.Shape with { Vocab = 8 };

    /// <summary>Narayanan et al. 2021, 2.2: (P − 1)/g of the work, divided by v parts; Qi et al. 2023, table 1: a third of it.</summary>
    [Theory]
    [InlineData("pp(4)", 8, 3.0 / 8)]
    [InlineData("pp(4)", 32, 3.0 / 32)]
    [InlineData("pp(8)", 8, 7.0 / 8)]
    [InlineData("pp(4)+vp(2)", 8, 3.0 / 16)]
    [InlineData("pp(4)+zb", 8, 1.0 / 8)]
    public void Ranks_wait_for_the_fraction_of_the_schedule(string scheme, int microBatches, double fraction)
    {
        var time = At(scheme, microBatches, Headless);
        var work = TimeTerms.All.Where(term => term.Key is not ("pipeline_bubble" or "optimizer" or "communication" or "fixed"))
            .Sum(term => time[term]);
        Assert.Equal(fraction, time.In("pipeline_bubble") / work, 4e-3 * fraction + 2e-3);
    }

    /// <summary>
    /// By hand: 16 blocks on 4 stages are 4 each; a head of as much work as 4 blocks makes the last stage twice as slow as the others.
    /// </summary>
    [Fact]
    public void The_stage_with_the_head_holds_the_others_up()
    {
        var one = ExampleSetups.Evaluate(ExampleSetups.Shape, ExampleSetups.Setup);
        double head = one.In("logits"), blocks = one.In("matmul") + one.In("attention") + one.In("memory_bound");
        var split = At("pp(4)", 1000, ExampleSetups.Shape);
        var idle = split.In("pipeline_bubble") / 1000 / split.In("logits") * 1000;
        var (mean, slowest) = ((blocks + head) / 4, (blocks / 4) + head);
        Assert.Equal((slowest - mean) / (head / 4), idle, 0.02 * idle);
    }

    [Fact]
    public void A_balanced_last_stage_has_fewer_blocks()
    {
        static StageShares Dealt(int stages, double head) => StageSplit.Of(16, stages, head).Holding;
        Assert.Equal(new(10, 6, 10), Dealt(2, 4));
        Assert.Equal(new(5, 1, 5), Dealt(4, 4));
        Assert.Equal(new(6, 5, 6), Dealt(3, 0));
    }

    [Fact]
    public void Every_block_is_dealt_out_once() =>
        Gen.Select(Gen.Int[1, 80], Gen.Int[1, 16], Gen.Double[0, 12]).Where((blocks, stages, _) => stages <= blocks)
        .Sample((blocks, stages, head) =>
        {
            var split = StageSplit.Of(blocks, stages, head);
            Assert.Equal((split.First, split.Last), (split.Until(1), blocks - split.Until(stages - 1)));
            Assert.Equal(blocks, Enumerable.Range(0, stages).Sum(split.WorkOf), 1e-9);
            return split.First >= 0 && split.Last >= 0 && split.Most >= split.First
                && split.First + ((stages - 1) * split.Most) + split.Last >= blocks;
        });

    /// <summary>With equal work for each device a split only adds: exchanges, messages, waiting.</summary>
    [Theory]
    [InlineData("tp(4)+sp", "tensor_parallel")]
    [InlineData("pp(4)", "stage_messages")]
    [InlineData("cp(4)", "context_parallel")]
    public void A_term_is_there_where_its_axis_is(string scheme, string key)
    {
        var term = TimeTerms.Of(key);
        var setup = ExampleSetups.Setup with { Layout = Scheme.Parse(scheme).On(4, 8), GradAccum = 4 };
        Assert.True(term.IsOf(setup));
        Assert.False(term.IsOf(ExampleSetups.Setup with { Layout = Scheme.Ddp.On(4, 8) }));
        Assert.True(ExampleSetups.Evaluate(ExampleSetups.Shape, setup)[term] > 0);
        Assert.Equal(0, ExampleSetups.Evaluate(ExampleSetups.Shape, ExampleSetups.Setup with { Layout = Scheme.Ddp.On(4, 8) })[term]);
    }

    /// <summary>With the axes at 1 a setup is the same whichever way it was written, to the last bit.</summary>
    [Fact]
    public void Axes_of_one_change_nothing() =>
        Assert.Equal(
            ExampleSetups.Evaluate(ExampleSetups.Shape, ExampleSetups.Setup with { Layout = Scheme.Zero1.On(8, 8) }).TotalSeconds,
            ExampleSetups.Evaluate(ExampleSetups.Shape,
                ExampleSetups.Setup with { Layout = Scheme.Parse("zero1+tp(1)+pp(1)+cp(1)+ep(1)").On(8, 8) }).TotalSeconds);

    private static Core.Time.StepTime At(string scheme, int microBatches, TransformerShape shape)
    {
        var parsed = Scheme.Parse(scheme);
        return ExampleSetups.Evaluate(shape, ExampleSetups.Setup with { Layout = parsed.On(parsed.Pipeline, 8), GradAccum = microBatches });
    }
}
