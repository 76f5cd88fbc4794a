using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Memory.Components;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Tests.Memory;

/// <summary>
/// An evaluation by hand: 2 blocks of width 16 with 2 heads of 8, two matrices of 64 and 128 words, all in fp32, sequences of 32 tokens.
/// A block has 4·16·16 + 2·16·64 + 2·16 = 3,104 parameters, the rest 128·16 + 16 = 2,064: N = 8,272. Weights and moments are
/// 12·N = 99,264 bytes. Training of one sequence keeps, per token, norms 2·2·16·12 + 8·16 = 896, attention 2·4·64 = 512, feed-forward
/// 2·64·8 = 1,024, logits 128·16 = 2,048: 32·4,480 = 143,360, more than gradients and the root of moments, which come when it goes.
/// </summary>
public sealed class EvaluationMemoryTests
{
    private const double States = 99_264, Training = States + 143_360, Weights = 4 * 8272;

    private static readonly TransformerShape Shape = new()
    {
        Name = "tiny", Layers = 2, DModel = 16, Heads = 2, KvHeads = 2, HeadDim = 8, DFfn = 64, FfnKind = FfnKind.Gelu, Vocab = 128,
        TiedEmbeddings = true,
    };

    /// <summary>Nothing but what is counted: no context, no slack, no workspace of the backward pass.</summary>
    private static readonly MemoryConstants Bare = new(0, 0, 0, 9, 6, BackwardShare: 0);

    private static readonly TrainingSetup One = new(
        32, 1, 1, Scheme.Ddp.On(1, 8), Precision.Fp32, AttentionKind.Flash, Recomputation.None, Compile: false);

    private static readonly TrainingSetup Eight = One with { EvalBatch = 8 };

    /// <summary>
    /// 8 sequences are 256 tokens: the residual stream and a norm's output, 256·8·16 = 32,768, and logits with log-softmax,
    /// 256·128·8 = 262,144.
    /// </summary>
    [Fact]
    public void Weights_states_and_logits_without_a_gradient()
    {
        var peak = Model().Predict(Eight);
        Assert.Equal(Training, Model().Predict(One).Total.Count, 1e-6);
        Assert.Equal(States + 32_768 + 262_144, peak.Total.Count, 1e-6);
        Assert.Equal((262_144, 32_768, 0), (peak.Logits.Count, peak.Activations.Count, peak.Gradients.Count));
    }

    /// <summary>
    /// A sequence adds 4,096 + 32,768 bytes to the states. Training's 143,360 cover three of them (110,592) and not four (147,456).
    /// </summary>
    [Fact]
    public void What_training_covers_changes_nothing()
    {
        Assert.Equal(Model().Predict(One), Model().Predict(One with { EvalBatch = 3 }));
        Assert.Equal(States + 147_456, Model().Predict(One with { EvalBatch = 4 }).Total.Count, 1e-6);
        Assert.Equal(new EvaluationPeak(8, Training, 3), EvaluationPeak.Of(Model(), Eight));
        Assert.Null(EvaluationPeak.Of(Model(), One with { EvalBatch = 3 }));
        Assert.Null(EvaluationPeak.Of(Model(), One));
    }

    /// <summary>
    /// Of 16 words the logits are 256·16·8 = 32,768. One feed-forward's two tensors, 256·4·64·2 = 131,072, are more than attention,
    /// 256·4·2·(16 + 16) = 65,536; with explicit scores and their softmax, 256·2·32·8 = 131,072, attention is.
    /// </summary>
    [Fact]
    public void One_block_where_it_needs_more_than_the_logits()
    {
        var few = Shape with { Vocab = 16 };
        Assert.Equal(
            ("feed_forward 131072", "norms 32768"), (Of("feed_forward", Eight, few), Of("norms", Eight, few)));
        Assert.Equal(("attention 0", "logits 0"), (Of("attention", Eight, few), Of("logits", Eight, few)));
        var vanilla = Eight with { Attention = AttentionKind.Vanilla };
        Assert.Equal(("attention 65536", "scores 131072"), (Of("attention", vanilla, few), Of("scores", vanilla, few)));
        Assert.Equal("feed_forward 0", Of("feed_forward", vanilla, few));
    }

    /// <summary>
    /// A gate has three tensors, 256·4·64·3, a GELU in pieces four. Under autocast with the softmax in fp32: 256·2·32·(2 + 4 + 2) = 131,072
    /// of scores and 256·2·64 of the rest are more than 256·2·64·3.
    /// </summary>
    [Fact]
    public void What_a_block_works_on()
    {
        var few = Shape with { Vocab = 16 };
        Assert.Equal("feed_forward 196608", Of("feed_forward", Eight, few with { FfnKind = FfnKind.Swiglu }));
        Assert.Equal("feed_forward 262144", Of("feed_forward", Eight, few, new() { PointwiseGelu = true }));
        var mixed = Eight with { Precision = Precision.Bf16Mixed, Attention = AttentionKind.Vanilla };
        Assert.Equal(("scores 131072", "attention 32768"), (Of("scores", mixed, few), Of("attention", mixed, few)));
    }

    /// <summary>
    /// Bytes of a logit: the head's 16 bits, their fp32 copy and log-softmax, 2 + 4 + 4; in fp32 4 + 4; 16 bits throughout 2 + 2.
    /// Megatron's copy becomes softmax in place, 2 + 4; a kernel in place has one copy more, 2 + 2. Liger's fused loss is not used, and
    /// compiled the fp32 copy is not written.
    /// </summary>
    [Theory]
    [InlineData(Precision.Bf16Mixed, LossKernel.Eager, false, 10)]
    [InlineData(Precision.Bf16Mixed, LossKernel.Direct, false, 10)]
    [InlineData(Precision.Bf16Mixed, LossKernel.VocabParallel, false, 6)]
    [InlineData(Precision.Bf16Mixed, LossKernel.InPlace, false, 4)]
    [InlineData(Precision.Bf16Mixed, LossKernel.FusedLinear, false, 10)]
    [InlineData(Precision.Bf16Mixed, LossKernel.Eager, true, 6)]
    [InlineData(Precision.Bf16Mixed, LossKernel.InPlace, true, 4)]
    [InlineData(Precision.Fp32, LossKernel.Eager, false, 8)]
    public void Copies_of_a_logit(Precision precision, LossKernel loss, bool compile, int bytes) => Assert.Equal(
        $"logits {256L * 131_072 * bytes}",
        Of("logits", Eight with { Precision = precision, Compile = compile }, Wide, new() { Loss = loss }));

    [Fact]
    public void Narrow_logits_stay_narrow_unless_autocast_widens_them()
    {
        var traits = new MemoryTraits { HalfLogits = true };
        Assert.Equal($"logits {256L * 131_072 * 4}", Of("logits", Eight with { Precision = Precision.Bf16Pure }, Wide, traits));
        Assert.Equal($"logits {256L * 131_072 * 10}", Of(
            "logits", Eight with { Precision = Precision.Bf16Mixed }, Wide, traits with { WideUnderAutocast = true }));
    }

    /// <summary>8 chunks have 32 tokens each. A fused loss makes whole logits unless it trains.</summary>
    [Fact]
    public void A_loss_in_chunks_has_one_of_them_and_a_fused_one_all()
    {
        Assert.Equal($"logits {32L * 131_072 * 8}", Of("logits", Eight with { Loss = new(LossForm.Chunked) }, Wide));
        Assert.Equal($"logits {256L * 131_072 * 8}", Of("logits", Eight with { Loss = new(LossForm.Fused) }, Wide));
    }

    /// <summary>
    /// Gradients stay where nothing lets them go, 4·N: kept by the stack or by old PyTorch. Accumulation ends with the step, and DeepSpeed
    /// lets them go in it. DDP's buckets stay, 4·N; ZeRO's do not.
    /// </summary>
    [Fact]
    public void What_stays_between_steps()
    {
        var kept = new MemoryTraits { PersistentGradients = true };
        Assert.Equal($"gradients {Weights}", Of("gradients", Eight, traits: kept));
        Assert.Equal($"gradients {Weights}", Of("gradients", Eight with { KeepsGradients = true }));
        Assert.Equal("gradients 0", Of("gradients", Eight with { GradAccum = 4 }));
        Assert.Equal("gradients 0", Of("gradients", Eight, traits: kept with { WideGradientsInStep = true }));
        Assert.Equal($"communication_buffers {Weights}",
            Of("communication_buffers", Eight with { EvalBatch = 16, Layout = Scheme.Ddp.On(2, 8) }));
        Assert.Equal("communication_buffers 0", Of(
            "communication_buffers", Eight with { EvalBatch = 1000, Layout = Scheme.Zero2.On(2, 8) },
            traits: new() { ZeroBucketBytes = 1e6 }));
    }

    /// <summary>
    /// Of 4 blocks full sharding gathers two and the root, 4·(2·3,104 + 2,064), and no gradients; where nothing is freed after the forward
    /// pass all N = 4·3,104 + 2,064.
    /// </summary>
    [Fact]
    public void Gathered_weights_without_their_gradients()
    {
        var deep = Shape with { Layers = 4 };
        Assert.Equal("gathered_units 33088", Of("gathered_units", Eight with { Layout = Scheme.FsdpFull.On(2, 8) }, deep));
        Assert.Equal("gathered_units 57920", Of("gathered_units", Eight with { Layout = Scheme.FsdpGradOp.On(2, 8) }, deep));
    }

    /// <summary>The allocator's tenth of what comes and goes, 0.1·(32,768 + 262,144).</summary>
    [Fact]
    public void Slack_of_the_evaluation() => Assert.Equal(29_491.2, new MemoryModel(
        Shape, MemoryTraits.Unknown, Bare with { Slack = 0.1 }).Predict(Eight).Overhead.Count, 1e-6);

    /// <summary>A rank has its part of each sequence, and no stage before the last has logits.</summary>
    [Fact]
    public void Ranks_that_share_the_model()
    {
        Assert.Equal($"logits {64L * 131_072 * 8}", Of("logits", Eight with { Layout = Scheme.Parse("ddp+cp(4)").On(4, 8) }, Wide));
        Assert.Equal(0, new MemoryModel(Shape, MemoryTraits.Unknown, Bare)
            .PredictFirstStage(Eight with { EvalBatch = 100, Layout = Scheme.Parse("ddp+pp(2)").On(2, 8) }).Logits.Count);
    }

    private static readonly TransformerShape Wide = Shape with { Vocab = 131_072 };

    private static MemoryModel Model() => new(Shape, MemoryTraits.Unknown, Bare);

    private static string Of(string component, in TrainingSetup setup, TransformerShape? shape = null, MemoryTraits? traits = null)
    {
        var peak = new MemoryModel(shape ?? Shape, traits ?? MemoryTraits.Unknown, Bare).Predict(setup);
        return FormattableString.Invariant($"{component} {peak.Components().Single(one => one.Key == component).Bytes}");
    }
}
