using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Core.Training;
using C = SlmPlanner.Core.Time.StepCoefficient;

namespace SlmPlanner.Tests.Time.Terms;

/// <summary>
/// A loss in chunks and block inputs on their way to the host by hand, at 32k and 128k tokens: the model of
/// <see cref="Memory.LongSequenceMemoryTests"/>, 16 blocks of width 2^11 and 2^17 words, on 300 TFLOP/s and 2 TB/s, so that an element of 2
/// bytes takes a picosecond, and on a slot of 32 GB/s a direction.
/// </summary>
public sealed class LongSequenceTermTests
{
    private static readonly TransformerShape Shape = new()
    {
        Name = "long", Layers = 16, DModel = 2048, Heads = 16, KvHeads = 16, HeadDim = 128, DFfn = 8192, FfnKind = FfnKind.Swiglu,
        Vocab = 131_072, TiedEmbeddings = false,
    };

    /// <summary>Multiplies at the peak, operands once, nothing else.</summary>
    private static readonly double[] Ideal = [.. Enum.GetValues<C>().Select(coefficient => coefficient switch
    {
        C.Speed or C.MatmulInverseEfficiency or C.OperandTraffic or C.HeadMatmul or C.HostTraffic or C.Misalignment
            or C.RepeatedShare => 1.0,
        _ => 0,
    })];

    /// <summary>
    /// At 32k a product takes 2^44/300e12 = 58.640620 ms. Whole: three, with 2^26 + 2^28 + 2^32 elements each, 13.891535 ms. In 8 chunks:
    /// four, with 8·4·(2^23 + 2^28 + 2^29) elements, 26.038239 ms, and the head's gradient read twice and written in each, 8·3·2^28,
    /// 6.442451 ms. Fused: three, with 64·3·(2^20 + 2^28 + 2^26) elements, 64.625836 ms, and the gradient read, 64·2^28, 17.179869 ms. At
    /// 128k whole: 703.687442 ms and 3·(2^28 + 2^28 + 2^34) elements, 53.150220 ms; fused, in as many chunks four times as large:
    /// 64·3·(2^22 + 2^28 + 2^28) elements, 103.884521 ms, and 17.179869 ms.
    /// </summary>
    [Theory]
    [InlineData(32_768, LossForm.Whole, 175.921860 + 13.891535)]
    [InlineData(32_768, LossForm.Chunked, 234.562481 + 26.038239 + 6.442451)]
    [InlineData(32_768, LossForm.Fused, 175.921860 + 64.625836 + 17.179869)]
    [InlineData(131_072, LossForm.Whole, 703.687442 + 53.150220)]
    [InlineData(131_072, LossForm.Fused, 703.687442 + 103.884521 + 17.179869)]
    public void The_loss_in_chunks(int tokens, LossForm form, double milliseconds) =>
        Assert.Equal(milliseconds, 1e3 * Of("logits", Setup(tokens) with { Loss = new(form) }), 1e-5);

    /// <summary>
    /// A frozen head has two products and no gradient to add to: fused 2·58.640620 ms and 64·2·(2^20 + 2^28 + 2^26) elements, 43.083891 ms.
    /// </summary>
    [Fact]
    public void A_frozen_head() => Assert.Equal(117.281240 + 43.083891,
        1e3 * Of("logits", Setup(32_768) with { Loss = new(LossForm.Fused), Tuning = new(TuningMethod.Lora) }), 1e-5);

    /// <summary>
    /// Inputs of 2^15·16·2048 elements of 2 bytes, 2^31 bytes, take 67.108864 ms at 32 GB/s, and as long back; at 128k four times that.
    /// Where nothing is computed beside, all of it is waited for; generation 5 halves it.
    /// </summary>
    [Theory]
    [InlineData(32_768, 4, 134.217728)]
    [InlineData(131_072, 4, 536.870912)]
    [InlineData(131_072, 5, 268.435456)]
    public void Inputs_that_nothing_hides(int tokens, int generation, double milliseconds)
    {
        double[] alone = [.. Ideal.Select((value, index) => (C)index is C.Speed or C.HostTraffic ? value : 0)];
        Assert.Equal(milliseconds, 1e3 * Of("offload", Offloaded(tokens), alone, generation), 1e-5);
    }

    /// <summary>
    /// Beside computation only what outlasts it counts, by a smooth maximum: (F⁶ + t⁶)^(1/6) − F of the forward pass, the same of the
    /// backward pass. Both windows are put together from the other terms. Halving and doubling of what the transfer takes is tried.
    /// </summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(4)]
    [InlineData(32)]
    public void Only_what_outlasts_the_blocks_work_counts(double traffic)
    {
        double[] coefficients = [.. Ideal];
        (coefficients[(int)C.HostTraffic], coefficients[(int)C.BlockPasses], coefficients[(int)C.FlashInverseEfficiency]) = (traffic, 1, 2);
        var setup = Offloaded(32_768) with { GradAccum = 4 };
        var step = Step(setup, coefficients, 4);
        var transfer = traffic * 67.108864e-3;
        var forward = step.In("recompute") / 4;
        var backward = ((step.In("matmul") + step.In("attention") + step.In("memory_bound") + step.In("recompute")) / 4) - forward;
        double Longer(double work) => Math.Pow(Math.Pow(work, 6) + Math.Pow(transfer, 6), 1.0 / 6) - work;
        Assert.True(forward > 0 && backward > forward);
        Assert.Equal(4 * (Longer(forward) + Longer(backward)), step.In("offload"), 1e-9);
    }

    /// <summary>
    /// In mixed precision by autocast the residual stream has 4 bytes, so that twice as much goes; full sharding hands out 16 bits.
    /// </summary>
    [Fact]
    public void What_goes_is_as_wide_as_what_memory_counts()
    {
        double[] alone = [.. Ideal.Select((value, index) => (C)index is C.Speed or C.HostTraffic ? value : 0)];
        var pure = Of("offload", Offloaded(32_768), alone);
        Assert.Equal(2 * pure, Of("offload", Offloaded(32_768) with { Precision = Precision.Bf16Mixed }, alone), 1e-12);
        Assert.Equal(pure, Of("offload",
            Offloaded(32_768) with { Precision = Precision.Bf16Mixed, Layout = Scheme.FsdpFull.On(8, 8) }, alone), 1e-12);
    }

    /// <summary>Last blocks that are trained keep their inputs alone: 4 of 16.</summary>
    [Fact]
    public void Frozen_blocks_send_nothing()
    {
        double[] alone = [.. Ideal.Select((value, index) => (C)index is C.Speed or C.HostTraffic ? value : 0)];
        Assert.Equal(Of("offload", Offloaded(32_768), alone) / 4,
            Of("offload", Offloaded(32_768) with { Tuning = new(TuningMethod.Freeze, TrainedBlocks: 4) }, alone), 1e-12);
    }

    [Fact]
    public void The_term_is_shown_where_inputs_are_offloaded_alone()
    {
        Assert.True(TimeTerms.Of("offload").IsOf(Offloaded(32_768)));
        Assert.False(TimeTerms.Of("offload").IsOf(Setup(32_768)));
        Assert.False(TimeTerms.Of("offload").IsOf(Setup(32_768) with { Offload = Offload.Activations }));
        Assert.Equal(0, Of("offload", Setup(32_768) with { Offload = Offload.Activations }));
    }

    /// <summary>
    /// Spreads are kept by families: a set-up that waits for the host or has a loss in chunks is in another than without.
    /// </summary>
    [Fact]
    public void Set_ups_have_their_own_spreads_whatever_was_asked_before()
    {
        var plain = Offloaded(1024) with { Offload = Offload.None };
        var (fused, chunked) = (plain with { Loss = new(LossForm.Fused) }, plain with { Loss = new(LossForm.Chunked) });
        foreach (var other in new[] { Offloaded(1024), fused, chunked })
        {
            var (first, second) = (SlowSlot(), SlowSlot());
            var (before, after) = (first.LogSpread(plain), first.LogSpread(other));
            Assert.Equal(second.LogSpread(other), after);
            Assert.NotEqual(before, after);
        }
    }

    private static StepTimeModel SlowSlot() =>
        new(Shape, ExampleSetups.Device with { PcieGen = 1 }, null, SoftwareStack.Unknown, FittedModel.Prior);

    private static TrainingSetup Setup(int tokens) => new(
        tokens, 1, 1, Scheme.Ddp.On(1, 8), Precision.Bf16Pure, AttentionKind.Flash, Recomputation.None, Compile: false);

    private static TrainingSetup Offloaded(int tokens) =>
        Setup(tokens) with { Recomputation = Recomputation.Full, Offload = Offload.Activations };

    private static double Of(string term, in TrainingSetup setup, double[]? coefficients = null, int generation = 4) =>
        Step(setup, coefficients ?? Ideal, generation).In(term);

    private static StepTime Step(in TrainingSetup setup, double[] coefficients, int generation) => StepTimeEquation.Evaluate(
        ShapeCosts.Of(Shape, padsVocabulary: false), DeviceRates.Of(ExampleSetups.Device, setup.Precision)!.Value,
        LinkRates.Of(null, ExampleSetups.Device with { PcieGen = generation }), setup, coefficients);
}
