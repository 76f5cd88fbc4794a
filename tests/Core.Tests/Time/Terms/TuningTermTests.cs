using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Core.Training;
using C = SlmPlanner.Core.Time.StepCoefficient;

namespace SlmPlanner.Tests.Time.Terms;

/// <summary>
/// Fine-tuning by hand, on the model of <see cref="TermTests"/>: 16 blocks of width 2048 with plain feed-forwards of 8192, 50,304 words,
/// 16,384 tokens in a micro-batch on 300 TFLOP/s and 2 TB/s.
/// </summary>
public sealed class TuningTermTests
{
    private const double Tokens = 16_384, Width = 2048, Ffn = 8192, Layers = 16, Peak = 300e12, Bandwidth = 2e12;

    private static readonly TrainingSetup Full = ExampleSetups.Setup;
    private static readonly TrainingSetup Lora = Full
        with { Tuning = new(TuningMethod.Lora, 16, AdapterTargets.Query | AdapterTargets.Value) };

    /// <summary>
    /// Frozen weights have no gradient: forward and one gradient of three passes, in the blocks and in the head; attention is as ever.
    /// </summary>
    [Fact]
    public void Frozen_multiplies_have_two_passes_of_three()
    {
        Assert.Equal(Seconds("matmul", Full) * 2 / 3, Seconds("matmul", Lora), 1e-12);
        Assert.Equal(Seconds("attention", Full), Seconds("attention", Lora));
        Assert.Equal(Seconds("memory_bound", Full), Seconds("memory_bound", Lora));
        const double Vocabulary = 50_304;
        var head = 2 * Tokens * Width * Vocabulary * 1.25 / Peak
            + 2 * (Tokens * Width + Width * Vocabulary + Tokens * Vocabulary) / Bandwidth;
        Assert.Equal(head, Seconds("logits", Full) - Seconds("logits", Lora), 1e-12);
    }

    /// <summary>
    /// Of 16 blocks the last 4 are trained: 16 forward passes and 8 gradients of their kind in place of 48; attention's backward pass is
    /// 2.5 forward ones in 4 of 16 blocks; those 4 alone are recomputed.
    /// </summary>
    [Fact]
    public void Blocks_below_the_first_trained_one_have_a_forward_pass_alone()
    {
        var freeze = Full with { Tuning = new(TuningMethod.Freeze, TrainedBlocks: 4) };
        Assert.Equal(Seconds("matmul", Full) * (16 + 8) / 48, Seconds("matmul", freeze), 1e-12);
        Assert.Equal(Seconds("attention", Full) * (16 + 2.5 * 4) / (3.5 * 16), Seconds("attention", freeze), 1e-12);
        Assert.Equal(Seconds("memory_bound", Full) * (16 + 8) / 48, Seconds("memory_bound", freeze), 1e-12);
        Assert.Equal(
            Seconds("recompute", Full with { Recomputation = Recomputation.Full }) / 4,
            Seconds("recompute", freeze with { Recomputation = Recomputation.Full }), 1e-12);
    }

    /// <summary>
    /// Rank 16 beside queries and values of 2048 × 2048: for each token and block 2 · (2·16·4096) operations at 1.25/peak, and elements
    /// 2·(4096 + 2·16), with 2·16·4096 of weights once, of 2 bytes; three times. Beside that 30 bytes an input and 14 a result: 2·2048 of
    /// each.
    /// </summary>
    [Fact]
    public void Adapters_multiply_and_move()
    {
        var operations = 2 * Tokens * 16 * 2 * 4096 * Layers * 1.25 / Peak;
        var elements = (Tokens * 2 * (4096 + 32) + 2 * 16 * 4096) * Layers;
        var moved = Tokens * Layers * 2 * Width * (30 + 14) / Bandwidth;
        Assert.Equal(3 * (operations + 2 * elements / Bandwidth) + moved, Seconds("adapters", Lora), 1e-12);
        Assert.Equal(0, Seconds("adapters", Full));
    }

    /// <summary>
    /// In pure 16 bits nothing is converted: 6 bytes an input; recomputed blocks have their adapters' forward pass once more.
    /// </summary>
    [Fact]
    public void Conversions_and_recomputation()
    {
        var pure = Seconds("adapters", Lora with { Precision = Precision.Bf16Pure });
        Assert.Equal(Tokens * Layers * 2 * Width * (30 - 6) / Bandwidth, Seconds("adapters", Lora) - pure, 1e-12);
        var again = Seconds("adapters", Lora with { Recomputation = Recomputation.Full }) - Seconds("adapters", Lora);
        var multiplies = (Seconds("adapters", Lora) - Tokens * Layers * 2 * Width * 44 / Bandwidth) / 3;
        Assert.Equal(multiplies + Tokens * Layers * 2 * Width * 22 / Bandwidth, again, 1e-12);
    }

    /// <summary>
    /// A base of 4 bits: each weight of the blocks is read in 0.5 + 1/64 + 4/16,384 bytes and written in 2, once forward and once backward,
    /// for each micro-batch; in 8 bits half a byte more is read.
    /// </summary>
    [Fact]
    public void Quantised_weights_are_turned_into_16_bits_at_each_use()
    {
        var blocks = Layers * ParameterCount.OfBlock(ExampleSetups.Shape);
        var qlora = Lora with { Tuning = Lora.Tuning with { Method = TuningMethod.Qlora }, GradAccum = 3 };
        var lora = Lora with { GradAccum = 3 };
        Assert.Equal(3 * 2 * blocks * (0.5 + (1 / 64.0) + (4 / 16_384.0) + 2) / Bandwidth,
            Seconds("adapters", qlora) - Seconds("adapters", lora), 1e-12);
        var eight = qlora with { Tuning = qlora.Tuning with { BaseBits = 8 } };
        Assert.Equal(3 * 2 * blocks * 0.5 / Bandwidth, Seconds("adapters", eight) - Seconds("adapters", qlora), 1e-12);
    }

    /// <summary>Rank 16 on two matrices of 2048 × 2048 in 16 blocks is 2,097,152 parameters; they alone have an update.</summary>
    [Fact]
    public void The_optimizer_moves_what_is_trained() =>
        Assert.Equal(1.3 * 30 * 2_097_152 / Bandwidth, Seconds("optimizer", Lora), 1e-12);

    /// <summary>
    /// A gated block starts 91 kernels; seven adapters in mixed precision 6 forward and 10 backward each, less 7 gradients of weights and 7
    /// stores: 91 + 112 − 14.
    /// </summary>
    [Fact]
    public void Adapters_start_kernels()
    {
        var gated = ExampleSetups.Shape with { FfnKind = Core.Models.Blocks.FfnKind.Swiglu };
        var setup = Full with { Tuning = new(TuningMethod.Lora, 16, AdapterTargets.All) };
        var share = TunedKernels.Share(ShapeCosts.Of(gated, false), setup, TrainedWork.Of(setup.Tuning, 16), repeated: 0);
        Assert.Equal((91 + 112 - 14) / 91.0, share, 1e-12);
    }

    /// <summary>Nothing frozen, nothing changed: the same bits whatever rank and targets say.</summary>
    [Fact]
    public void Training_all_parameters_is_training_all_parameters()
    {
        foreach (var scheme in Scheme.All)
        {
            var plain = Full with { Layout = scheme.On(16, 8), GradAccum = 2, Recomputation = Recomputation.Full };
            var tuned = plain with { Tuning = new(TuningMethod.Full, 64, AdapterTargets.All, 4) };
            Assert.Equal(Evaluate(plain).TotalSeconds, Evaluate(tuned).TotalSeconds);
        }
    }

    private static double Seconds(string term, in TrainingSetup setup) => Evaluate(setup).In(term);

    private static StepTime Evaluate(in TrainingSetup setup)
    {
        double[] plain = [.. CoefficientPriors.All.Select(prior => prior.Value)];
        (plain[(int)C.OperandTraffic], plain[(int)C.NarrowWidth], plain[(int)C.PowerPerFlop]) = (1, 0, 0);
        (plain[(int)C.LaunchSecondsPerLayer], plain[(int)C.LaunchSecondsPerMicroBatch]) = (0, 0);
        return StepTimeEquation.Evaluate(
            ShapeCosts.Of(ExampleSetups.Shape, padsVocabulary: false), DeviceRates.Of(ExampleSetups.Device, setup.Precision)!.Value,
            LinkRates.Of(null, ExampleSetups.Device), setup, plain);
    }
}
