using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Memory.Components;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Tests.Memory;

/// <summary>
/// A loss in chunks and block inputs in the host's memory by hand, at 32k and 128k tokens: 16 blocks of width 2048 = 2^11, 2^17 = 131,072
/// words, one sequence of 2^15 or 2^17 tokens, wholly in bfloat16. A logit of the unknown stack's loss takes 4 copies of 4 bytes, 2^4.
/// </summary>
public sealed class LongSequenceMemoryTests
{
    private const double Gib = 1L << 30;

    private static readonly TransformerShape Shape = new()
    {
        Name = "long", Layers = 16, DModel = 2048, Heads = 16, KvHeads = 16, HeadDim = 128, DFfn = 8192, FfnKind = FfnKind.Swiglu,
        Vocab = 131_072, TiedEmbeddings = false,
    };

    /// <summary>Nothing but what is counted: no context, no slack, no workspace of the backward pass.</summary>
    private static readonly MemoryConstants Bare = new(0, 0, 0, 9, 6, BackwardShare: 0);

    /// <summary>
    /// Whole 2^(15 + 17 + 4) = 64 GiB. In 8 chunks an eighth of them, 8 GiB, the gradient of the hidden states, 2^(15 + 11 + 1), an eighth
    /// of one, and of the head, 2^(17 + 11 + 1), a half. Fused: 2^17/2^11 = 64 chunks of 512 tokens, 2^(9 + 17 + 1) an eighth, and the same
    /// gradients. At 128k tokens: 256; 32 + ½ + ½; chunks of 2,048, ½ + ½ + ½.
    /// </summary>
    [Theory]
    [InlineData(32_768, LossForm.Whole, 64)]
    [InlineData(32_768, LossForm.Chunked, 8.625)]
    [InlineData(32_768, LossForm.Fused, 0.75)]
    [InlineData(131_072, LossForm.Whole, 256)]
    [InlineData(131_072, LossForm.Chunked, 33)]
    [InlineData(131_072, LossForm.Fused, 1.5)]
    public void Logits(int tokens, LossForm form, double gib) =>
        Assert.Equal(gib, Of("logits", Setup(tokens) with { Loss = new(form) }), 1e-9);

    /// <summary>32 chunks of 4,096 tokens: 8 GiB, and the gradients.</summary>
    [Fact]
    public void More_chunks_hold_less() => Assert.Equal(9, Of("logits", Setup(131_072) with { Loss = new(LossForm.Chunked, 32) }), 1e-9);

    /// <summary>A frozen head has no gradient; an fp32 one's has 4 bytes; under sequences shared by 4 ranks a rank has a quarter of the
    /// tokens.</summary>
    [Fact]
    public void Gradients_of_head_and_hidden_states()
    {
        var fused = Setup(32_768) with { Loss = new(LossForm.Fused) };
        Assert.Equal(0.25, Of("logits", fused with { Tuning = new(TuningMethod.Lora) }), 1e-9);
        Assert.Equal(0.125 + 0.125 + 1, Of("logits", fused with { Precision = Precision.Bf16Mixed }), 1e-9);
        Assert.Equal((0.125 / 4) + (0.125 / 4) + 0.5, Of("logits", fused with { Layout = Scheme.Parse("ddp+cp(4)").On(4, 8) }), 1e-9);
    }

    /// <summary>A stack whose loss is fused with the head already stays as it is.</summary>
    [Fact]
    public void A_fused_stack_stays_as_it_is()
    {
        var traits = new MemoryTraits { Loss = LossKernel.FusedLinear };
        Assert.Equal(Of("logits", Setup(32_768), traits), Of("logits", Setup(32_768) with { Loss = new(LossForm.Fused) }, traits));
    }

    /// <summary>Stages before the last have no head, so no chunk of it.</summary>
    [Fact]
    public void Only_the_last_stage_has_chunks() => Assert.Equal(0, new MemoryModel(Shape, MemoryTraits.Unknown, Bare)
        .PredictFirstStage(Setup(32_768) with { Loss = new(LossForm.Fused), Layout = Scheme.Parse("ddp+pp(2)").On(2, 8) }).Logits.Count);

    /// <summary>
    /// Inputs of 16 blocks, 2^(15 + 4 + 11 + 1) = 2 GiB, of which two stay; at 128k tokens 8 and 1. All of them lie in the host's memory.
    /// </summary>
    [Theory]
    [InlineData(32_768, 2, 0.25)]
    [InlineData(131_072, 8, 1)]
    public void Block_inputs(int tokens, double all, double onDevice)
    {
        var full = Setup(tokens) with { Recomputation = Recomputation.Full };
        var offloaded = full with { Offload = Offload.Activations };
        var model = new MemoryModel(Shape, MemoryTraits.Unknown, Bare);
        Assert.Equal(all, Of("block_inputs", full), 1e-9);
        Assert.Equal(onDevice, Of("block_inputs", offloaded), 1e-9);
        Assert.Equal(all, model.HostBytes(offloaded) / Gib, 1e-9);
        Assert.Equal(0, model.HostBytes(full));
        Assert.Equal(all - onDevice, (model.Predict(full).Total.Count - model.Predict(offloaded).Total.Count) / Gib, 1e-9);
    }

    /// <summary>A stage of two has 8 blocks, and the first stage two micro-batches on their way: as many inputs as the whole.</summary>
    [Fact]
    public void Inputs_of_a_stage() => Assert.Equal(2, new MemoryModel(Shape, MemoryTraits.Unknown, Bare).HostBytes(Setup(32_768) with
    {
        Recomputation = Recomputation.Full, Offload = Offload.Activations, GradAccum = 8, Layout = Scheme.Parse("ddp+pp(2)").On(2, 8),
    }) / Gib, 1e-9);

    /// <summary>Without full recomputation there are no inputs alone to send.</summary>
    [Theory]
    [InlineData(Recomputation.None)]
    [InlineData(Recomputation.Selective)]
    public void Offloading_says_nothing_of_other_recomputation(Recomputation kind)
    {
        var setup = Setup(32_768) with { Recomputation = kind };
        var model = new MemoryModel(Shape, MemoryTraits.Unknown, Bare);
        Assert.Equal(model.Predict(setup), model.Predict(setup with { Offload = Offload.Activations }));
        Assert.Equal(0, model.HostBytes(setup with { Offload = Offload.Activations }));
    }

    private static TrainingSetup Setup(int tokens) => new(
        tokens, 1, 1, Scheme.Ddp.On(1, 8), Precision.Bf16Pure, AttentionKind.Flash, Recomputation.None, Compile: false);

    private static double Of(string component, in TrainingSetup setup, MemoryTraits? traits = null) =>
        new MemoryModel(Shape, traits ?? MemoryTraits.Unknown, Bare).Predict(setup).Components()
            .Single(part => part.Key == component).Bytes / Gib;
}
