using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Core.Training;
using SlmPlanner.Tests.Models;
using C = SlmPlanner.Core.Time.StepCoefficient;

namespace SlmPlanner.Tests.Time.Terms;

/// <summary>
/// Fine-tuning where ranks share the model, by hand, on the model and the device of <see cref="TuningTermTests"/>: rank 16 beside queries
/// and values of 2048 × 2048 in 16 blocks, 16,384 tokens in a micro-batch.
/// </summary>
public sealed class SharedTuningTermTests
{
    private const double Tokens = 16_384, Layers = 16, Peak = 300e12, Bandwidth = 2e12, Adapters = 2_097_152;

    private static readonly Tuning Lora = new(TuningMethod.Lora, 16, AdapterTargets.Query | AdapterTargets.Value);

    /// <summary>
    /// Two tensor-parallel ranks each multiply all inputs by 2048 × 16 and their half of the outputs, 16 × 1024; of stages and sequences
    /// they have their part.
    /// </summary>
    [Theory]
    [InlineData("tp(2)", Tokens, Layers, 1024)]
    [InlineData("tp(2)+sp", Tokens, Layers, 1024)]
    [InlineData("pp(2)", Tokens, Layers / 2, 2048)]
    [InlineData("cp(2)", Tokens / 2, Layers, 2048)]
    public void Adapters_multiply_and_move_a_ranks_part(string scheme, double tokens, double blocks, double outputs)
    {
        var sides = 2 * (2048 + outputs);
        var operations = 2 * tokens * 16 * sides * blocks * 1.25 / Peak;
        var elements = ((tokens * (sides + (2 * 2 * 16))) + (16 * sides)) * blocks;
        var moved = tokens * blocks * 2 * ((30 * 2048) + (14 * outputs)) / Bandwidth;
        Assert.Equal((3 * (operations + (2 * elements / Bandwidth))) + moved, Seconds("adapters", Setup(scheme, Lora)), 1e-12);
    }

    /// <summary>The update moves 30 bytes of what a rank trains, 1.3 times as long as the bytes.</summary>
    [Theory]
    [InlineData("tp(2)", 0.75)]
    [InlineData("pp(2)", 0.5)]
    [InlineData("cp(2)", 1)]
    public void The_optimizer_moves_a_ranks_adapters(string scheme, double share) =>
        Assert.Equal(1.3 * 30 * share * Adapters / Bandwidth, Seconds("optimizer", Setup(scheme, Lora)), 1e-12);

    /// <summary>
    /// Of experts that four ranks share each turns its quarter into 16 bits: three blocks of 8 experts of 3 · 2048 · 1024 weights less
    /// three quarters.
    /// </summary>
    [Fact]
    public void A_rank_turns_its_own_experts_into_16_bits()
    {
        var shape = BlockWorkTests.Experts();
        var (lora, qlora) = (Setup("ep(4)", Lora), Setup("ep(4)", Lora with { Method = TuningMethod.Qlora }));
        var held = ParameterCount.OfBlocks(shape) - (0.75 * 3 * 8 * 3 * 2048 * 1024);
        Assert.Equal(2 * held * (0.5 + (1 / 64.0) + (4 / 16_384.0) + 2) / Bandwidth,
            Evaluate(shape, qlora).In("adapters") - Evaluate(shape, lora).In("adapters"), 1e-12);
    }

    /// <summary>
    /// What the average stage computes is half of it, and frozen multiplies have two passes of three on every axis.
    /// </summary>
    [Theory]
    [InlineData("tp(2)")]
    [InlineData("pp(2)")]
    [InlineData("cp(2)")]
    public void Frozen_multiplies_have_two_passes_of_three_on_every_rank(string scheme)
    {
        Assert.Equal(Seconds("matmul", Setup(scheme, Tuning.Full)) * 2 / 3, Seconds("matmul", Setup(scheme, Lora)), 1e-12);
        Assert.Equal(Seconds("attention", Setup(scheme, Tuning.Full)), Seconds("attention", Setup(scheme, Lora)), 1e-12);
    }

    /// <summary>A block starts as many kernels on a stage as on one device.</summary>
    [Theory]
    [InlineData("pp(4)")]
    [InlineData("tp(4)")]
    public void Adapters_start_kernels_in_each_block(string scheme)
    {
        var costs = ShapeCosts.Of(ExampleSetups.Shape, padsVocabulary: false);
        double Share(in ShapeCosts part, string layout) =>
            TunedKernels.Share(part, Setup(layout, Lora), TrainedWork.Of(Lora, 16), repeated: 1);
        Assert.Equal(Share(costs, "ddp"), Share(costs.On(Scheme.Parse(scheme).On(4, 8)), scheme), 1e-12);
    }

    /// <summary>
    /// Without gradients of weights there is nothing to fill the waiting with: the zero-bubble schedule waits as 1F1B does.
    /// </summary>
    [Fact]
    public void Frozen_weights_leave_the_bubbles()
    {
        Assert.Equal(Seconds("pipeline_bubble", Setup("pp(4)", Lora)), Seconds("pipeline_bubble", Setup("pp(4)+zb", Lora)));
        Assert.True(Seconds("pipeline_bubble", Setup("pp(4)+zb", Tuning.Full)) < Seconds("pipeline_bubble", Setup("pp(4)", Tuning.Full)));
    }

    /// <summary>
    /// What ranks share they do not share for free: an axis of one rank gives the bits of none, whatever is trained.
    /// </summary>
    [Theory]
    [InlineData(TuningMethod.Lora)]
    [InlineData(TuningMethod.Qlora)]
    [InlineData(TuningMethod.Freeze)]
    public void Axes_of_one_rank_are_none(TuningMethod method)
    {
        var tuning = new Tuning(method, 16, AdapterTargets.All, TrainedBlocks: 3);
        foreach (var scheme in Scheme.All)
        {
            var setup = Setup("ddp", tuning) with { Layout = scheme.On(16, 8), GradAccum = 2 };
            var costs = ShapeCosts.Of(ExampleSetups.Shape, padsVocabulary: false);
            Assert.Equal(costs.Trained(tuning), costs.On(setup.Layout).Trained(tuning));
            var written = setup with { Layout = Scheme.Parse($"{scheme}+tp(1)+pp(1)+cp(1)+ep(1)").On(16, 8) };
            Assert.Equal(Evaluate(ExampleSetups.Shape, setup).TotalSeconds, Evaluate(ExampleSetups.Shape, written).TotalSeconds);
        }
    }

    private static TrainingSetup Setup(string scheme, Tuning tuning)
    {
        var parsed = Scheme.Parse(scheme);
        var layout = parsed.On(parsed.Tensor * parsed.Pipeline * parsed.Context * parsed.Expert, 8);
        return ExampleSetups.Setup with { Layout = layout, Tuning = tuning };
    }

    private static double Seconds(string term, TrainingSetup setup) => Evaluate(ExampleSetups.Shape, setup).In(term);

    private static StepTime Evaluate(TransformerShape shape, TrainingSetup setup)
    {
        double[] plain = [.. CoefficientPriors.All.Select(prior => prior.Value)];
        (plain[(int)C.OperandTraffic], plain[(int)C.NarrowWidth], plain[(int)C.PowerPerFlop]) = (1, 0, 0);
        (plain[(int)C.LaunchSecondsPerLayer], plain[(int)C.LaunchSecondsPerMicroBatch]) = (0, 0);
        return ExampleSetups.Evaluate(shape, setup, plain);
    }
}
