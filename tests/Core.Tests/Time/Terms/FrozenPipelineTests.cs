using CsCheck;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Core.Training;
using SlmPlanner.Tests.Models;
using C = SlmPlanner.Core.Time.StepCoefficient;

namespace SlmPlanner.Tests.Time.Terms;

/// <summary>
/// Stages whose first blocks are frozen, by hand: 16 plain blocks of 12 · 2048² weights and no head worth mentioning, 16,384 tokens in a
/// micro-batch. A forward pass of a block takes f = 2 · 16,384 · 12 · 2048² · 1.25/300e12 seconds, its two gradients 2·f, nothing else
/// anything.
/// </summary>
public sealed class FrozenPipelineTests
{
    private const double Forward = 2 * 16_384.0 * 12 * 2048 * 2048 * 1.25 / 300e12;
    private const int MicroBatches = 8;

    private static readonly TransformerShape Headless = ExampleSetups.Shape with { Vocab = 8 };

    /// <summary>
    /// Four stages of 4 blocks. With 2 trained ones they take 4, 4, 4 and 4 + 4 f: the first micro-batch passes in 20 f, each other one
    /// takes the last stage's 8. With 6: 4, 4, 8, 12. With 16 all take 12. Without bubbles only forward passes of other stages are waited
    /// for: 12 f.
    /// </summary>
    [Theory]
    [InlineData("pp(4)", 2, 20 + 7 * 8)]
    [InlineData("pp(4)", 6, 28 + 7 * 12)]
    [InlineData("pp(4)", 16, 48 + 7 * 12)]
    [InlineData("pp(4)+zb", 2, 20 + 7 * 8)]
    [InlineData("pp(4)+zb", 6, 12 + 8 * 12)]
    [InlineData("pp(4)+zb", 16, 12 + 8 * 12)]
    [InlineData("pp(2)", 2, 20 + 7 * 12)]
    [InlineData("pp(16)", 2, 20 + 7 * 3)]
    public void The_slowest_stage_decides_the_step(string scheme, int trained, double passes) =>
        Assert.Equal(passes * Forward, Evaluate(Headless, Setup(scheme, Freeze(trained))).TotalSeconds, passes * Forward * 1e-9);

    /// <summary>
    /// A head of two gradients' half: frozen, it is multiplied twice, forward and for its input. It counts as what it weighs, so that of
    /// 16 blocks and a head of 4 the last of two stages has 6: 10 f before, and 6 + 2·2 f and the head's 2 · 4.09 after.
    /// </summary>
    [Fact]
    public void The_last_stage_has_the_frozen_head()
    {
        var shape = ExampleSetups.Shape with { Vocab = 4 * 12 * 2048 };
        var setup = Setup("pp(2)", Freeze(2));
        setup = setup with { Layout = setup.Layout with { BalancedStages = true } };
        var seconds = Evaluate(shape, setup, headMultiply: 1).TotalSeconds;
        Assert.Equal((10 + 18 + 7 * 18) * Forward, seconds, 1e-6 * seconds);
    }

    /// <summary>The update is that of the stage with the most trained blocks: 30 bytes a parameter, 1.3 times as long.</summary>
    [Theory]
    [InlineData("pp(4)", 2, 2)]
    [InlineData("pp(4)", 6, 4)]
    [InlineData("tp(2)+pp(4)", 6, 2)]
    public void The_optimizer_updates_the_blocks_of_a_stage(string scheme, int trained, double blocks)
    {
        var time = ExampleSetups.Evaluate(ExampleSetups.Shape, Setup(scheme, Freeze(trained)));
        Assert.Equal(1.3 * 30 * blocks * ParameterCount.OfBlock(ExampleSetups.Shape) / 2e12, time.In("optimizer"), 1e-9);
    }

    /// <summary>
    /// Blocks that differ lie where their work puts them: a dense block and three with experts on two stages are two each. Trained are the
    /// last ones whatever they are.
    /// </summary>
    [Fact]
    public void Blocks_that_differ_are_counted_from_the_last()
    {
        var costs = ShapeCosts.Of(BlockWorkTests.Experts(), padsVocabulary: false);
        var layout = Scheme.Parse("pp(2)").On(2, 8);
        Assert.Equal([(0.0, 1), (1.0, 0), (2.0, 0)], new[] { 1, 3, 4 }.Select(trained => new TrainedStages(costs.Split(layout), trained))
            .Select(stages => (stages.Of(0), stages.WithoutBackward)));
    }

    /// <summary>
    /// Every trained block is on one stage; a stage without a backward pass has none; more trained blocks make no step shorter.
    /// </summary>
    [Fact]
    public void Trained_blocks_are_on_the_last_stages() => Gen.Select(Gen.Int[2, 40], Gen.Int[2, 16], Gen.Double[0, 12], Gen.Int[1, 40])
        .Where((blocks, stages, _, trained) => stages <= blocks && trained < blocks)
        .Sample((blocks, stages, head, trained) =>
        {
            var (all, more) = (new TrainedStages(StageSplit.Of(blocks, stages, head), trained),
                new TrainedStages(StageSplit.Of(blocks, stages, head), trained + 1));
            Assert.Equal(trained, Enumerable.Range(0, stages).Sum(all.Of));
            Assert.All(Enumerable.Range(0, all.WithoutBackward), stage => Assert.Equal(0, all.Of(stage)));
            Assert.True(all.WithoutBackward == stages - 1 || all.Of(all.WithoutBackward) > 0);
            Assert.True(more.Slowest(1, 2, 1).Seconds >= all.Slowest(1, 2, 1).Seconds);
            Assert.InRange(all.Slowest(1, 2, 1).Seconds, (blocks + 2 * trained + 1) / (double)stages, blocks + 2 * trained + 1);
        });

    /// <summary>No measured run had such stages: deviations are 1.3 times those of the terms.</summary>
    [Theory]
    [InlineData("pp(4)", 1.3)]
    [InlineData("tp(4)", 1)]
    public void Intervals_of_frozen_stages_are_wider(string scheme, double times)
    {
        var model = ExampleSetups.Model();
        Assert.Equal(times, model.Belief(Setup(scheme, Freeze(2))).Widening / model.Belief(Setup(scheme, Tuning.Full)).Widening, 1e-12);
    }

    private static Tuning Freeze(int trained) => new(TuningMethod.Freeze, TrainedBlocks: trained);

    private static TrainingSetup Setup(string scheme, Tuning tuning)
    {
        var parsed = Scheme.Parse(scheme);
        return ExampleSetups.Setup with
        {
            Layout = parsed.On(parsed.Tensor * parsed.Pipeline, 16), Tuning = tuning, GradAccum = MicroBatches,
        };
    }

    private static StepTime Evaluate(TransformerShape shape, TrainingSetup setup, double headMultiply = 0)
    {
        double[] matmul = [.. CoefficientPriors.All.Select(_ => 0.0)];
        (matmul[(int)C.Speed], matmul[(int)C.MatmulInverseEfficiency], matmul[(int)C.BubbleShare]) = (1, 1.25, 1);
        (matmul[(int)C.Misalignment], matmul[(int)C.LaunchSharpness], matmul[(int)C.HeadMatmul]) = (1, 2.5, headMultiply);
        return ExampleSetups.Evaluate(shape, setup, matmul);
    }
}
