using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Memory.Components;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;
using SlmPlanner.Tests.Models;

namespace SlmPlanner.Tests.Memory;

/// <summary>
/// Every component by hand for one small model: L = 3, d = 64, 4 query and 2 key heads of 16, a gated feed-forward of 96, V = 100 (tied),
/// in sequences of 32, two of them: 64 tokens. A block has 64·64 (q) + 2·64·32 (k, v) + 64·64 (output) + 3·64·96 (feed-forward)
/// + 2·64 (norms) = 30,848 parameters; the root 100·64 + 64 = 6,464; all N = 3·30,848 + 6,464 = 99,008.
/// </summary>
public sealed class MemoryComponentTests
{
    private const double Parameters = 99_008;

    private static readonly TransformerShape Shape = new()
    {
        Name = "small", Layers = 3, DModel = 64, Heads = 4, KvHeads = 2, HeadDim = 16, DFfn = 96, FfnKind = FfnKind.Swiglu, Vocab = 100,
            TiedEmbeddings = true,
    };

    private static readonly MemoryConstants Constants =
        new(ContextBytes: 1e6, CollectiveBytes: 5e5, Slack: 0.1, CompiledLogitBytes: 9, PointwiseGeluTensors: 6);

    private static readonly TrainingSetup One = new(
        32, 2, 1, Scheme.Ddp.On(1, 8), Precision.Bf16Mixed, AttentionKind.Flash, Recomputation.None, Compile: false);

    private static readonly MemoryTraits Megatron = new()
    {
        SeparateMasterWeights = true, PersistentGradients = true, FusedNorms = true, FusedActivation = true, FusedOptimizer = true,
        HalfSoftmax = true, Dropout = true, Loss = LossKernel.VocabParallel,
    };

    /// <summary>
    /// Autocast, nothing fused. Per token: norms 3·2·64·(4 + 2·2) + 64·(4 + 2) = 3,456; attention 3·2·(2·64 + 2·32) = 1,152; feed-forward
    /// 3·96·(3·2 + 2) = 2,304; logits 100·4·4 = 1,600. Weights 4·N, copies 2·N, moments 8·N. What backward frees, 64·8,512 = 544,768,
    /// exceeds the gradients' 396,032. AdamW's step: 4·N of a square root and the gradients, less what is gone: 396,032 + 396,032 − 544,768
    /// − 198,016.
    /// </summary>
    [Theory]
    [InlineData("norms", 64 * 3456.0)]
    [InlineData("attention", 64 * 1152.0)]
    [InlineData("feed_forward", 64 * 2304.0)]
    [InlineData("block_inputs", 0)]
    [InlineData("scores", 0)]
    [InlineData("logits", 64 * 1600.0)]
    [InlineData("gathered_units", 0)]
    [InlineData("communication_buffers", 0)]
    [InlineData("weight_copies", 198_016)]
    [InlineData("weights", 396_032)]
    [InlineData("master_weights", 0)]
    [InlineData("optimizer_states", 792_064)]
    [InlineData("gradients", 0)]
    [InlineData("optimizer_temporaries", 49_280)]
    [InlineData("allocator_slack", 54_476.8)]
    [InlineData("context", 1e6)]
    public void Eager_autocast_on_one_device(string key, double bytes) => Assert.Equal(bytes, Bytes(key, One), 1e-6);

    /// <summary>
    /// Explicit scores of 4 heads over 32 tokens, autocast: 4·32·(4 + 2) = 768 per token and block. Their gradients, 4·32·2·4 = 1,024 less
    /// the feed-forward's 96·8 = 768, are 256 per token. While the feed-forward is differentiated, two tensors of 96 in 16 bits and two of
    /// the residual stream in 32 are, 384 + 512 = 896. Of 320 tokens the scores' are 10,240 − 768.
    /// </summary>
    [Theory]
    [InlineData(32, 1, 64 * 896.0)]
    [InlineData(32, 0.5, 64 * 448.0)]
    [InlineData(32, 0, 64 * 256.0)]
    [InlineData(320, 1, 640 * 9472.0)]
    public void Gradients_of_scores_outgrow_those_of_the_rest(int tokens, double share, double bytes)
    {
        var model = new MemoryModel(Shape, MemoryTraits.Unknown, Constants with { BackwardShare = share });
        var setup = One with { SeqLen = tokens, Attention = AttentionKind.Vanilla };
        Assert.Equal(bytes, model.Predict(setup).Components().Single(one => one.Key == "backward_workspace").Bytes, 1e-6);
    }

    /// <summary>
    /// 16-bit weights, fp32 master and gradients kept: 2, 4, 4 and 8 bytes. Norms 3·2·64·(2 + 2) + 64·(2 + 2) = 1,792 per token; the gated
    /// feed-forward recomputes SiLU, 3·96·(2·2 + 2) = 1,728; Megatron's loss 8 bytes a logit. Dropout is no part of a gated recipe.
    /// </summary>
    [Theory]
    [InlineData("norms", 64 * 1792.0)]
    [InlineData("attention", 64 * 1152.0)]
    [InlineData("feed_forward", 64 * 1728.0)]
    [InlineData("logits", 64 * 800.0)]
    [InlineData("weight_copies", 0)]
    [InlineData("weights", 198_016)]
    [InlineData("master_weights", 396_032)]
    [InlineData("gradients", 396_032)]
    [InlineData("optimizer_states", 792_064)]
    [InlineData("optimizer_temporaries", 0)]
    public void Megatron_kernels_on_one_device(string key, double bytes) => Assert.Equal(bytes, Bytes(key, One, Megatron), 1e-6);

    /// <summary>
    /// Scores of explicit attention per token and block, 4·32 of them: fp32 softmax and its cast, 6 bytes; with half softmax 2; a plain
    /// feed-forward brings dropout, a byte of mask and its output of 2 more, and 2·64 bytes of masks elsewhere.
    /// </summary>
    [Fact]
    public void Explicit_attention_keeps_its_scores()
    {
        var vanilla = One with { Attention = AttentionKind.Vanilla };
        Assert.Equal(64 * 3 * 128 * 6.0, Bytes("scores", vanilla), 1e-6);
        Assert.Equal(64 * 3 * 128 * 2.0, Bytes("scores", vanilla, Megatron), 1e-6);
        Assert.Equal(64 * 128 * 6.0, Bytes("scores", vanilla with { Recomputation = Recomputation.Full }), 1e-6);
        var plain = Shape with { FfnKind = FfnKind.Gelu };
        Assert.Equal(64 * 3 * 128 * 5.0, Bytes("scores", vanilla, Megatron, plain), 1e-6);
        Assert.Equal(64 * (1152 + 3 * 128.0), Bytes("attention", vanilla, Megatron, plain), 1e-6);
        Assert.Equal(64 * 3 * 96 * 12.0, Bytes("feed_forward", One, new() { PointwiseGelu = true }, plain), 1e-6);
        Assert.Equal(64 * 3 * 96 * 4.0, Bytes("feed_forward", One, new(), plain), 1e-6);
    }

    /// <summary>
    /// Layer norms in one kernel save their fp32 input and their 16-bit output, 6 bytes; written out, what is centred and what is scaled
    /// too, 8 more: 3·2·64 elements per token, and 6·64 of the last norm. A compiler fuses them: 4 bytes.
    /// </summary>
    [Fact]
    public void Layer_norms_written_out_keep_their_steps()
    {
        var (plain, written) = (Shape with { FfnKind = FfnKind.Gelu, Norm = NormKind.LayerNorm }, new MemoryTraits { WrittenNorms = true });
        Assert.Equal(64 * 64 * ((6 * 6) + 6.0), Bytes("norms", One, new(), plain), 1e-6);
        Assert.Equal(64 * 64 * ((6 * 14) + 6.0), Bytes("norms", One, written, plain), 1e-6);
        Assert.Equal(64 * 64 * ((6 * 4) + 6.0), Bytes("norms", One with { Compile = true }, written, plain), 1e-6);
    }

    /// <summary>
    /// Gradients that are zeroed are there in the next forward pass, 4 bytes of a parameter; freed ones grow as activations go.
    /// </summary>
    [Fact]
    public void Zeroed_gradients_stay()
    {
        var large = One with { MicroBatch = 64 };
        Assert.Equal(0, Bytes("gradients", large));
        Assert.Equal(Bytes("gradients", One with { GradAccum = 2 }), Bytes("gradients", large with { KeepsGradients = true }));
    }

    /// <summary>
    /// torch.amp runs softmax and cross entropy in fp32 under autocast, whatever the model does in plain bfloat16. Logits count less the
    /// gradients of scores, which come when they are gone: 256 per token, and none in 16 bits, 512 − 768.
    /// </summary>
    [Fact]
    public void Autocast_widens_softmax_and_loss()
    {
        var (traits, vanilla) = (new MemoryTraits { HalfSoftmax = true, HalfLogits = true, WideUnderAutocast = true },
            One with { Attention = AttentionKind.Vanilla });
        Assert.Equal(64 * 3 * 128 * 6.0, Bytes("scores", vanilla, traits), 1e-6);
        Assert.Equal(64 * (1600 - 256.0), Bytes("logits", vanilla, traits), 1e-6);
        Assert.Equal(64 * 3 * 128 * 2.0, Bytes("scores", vanilla with { Precision = Precision.Bf16Pure }, traits), 1e-6);
        Assert.Equal(64 * 100 * 8.0, Bytes("logits", vanilla with { Precision = Precision.Bf16Pure }, traits), 1e-6);
    }

    /// <summary>Korthikanti et al. 2022, section 5: inputs of all blocks, 3·4·64 per token, and one block with the final norm.</summary>
    [Theory]
    [InlineData("block_inputs", 64 * 768.0)]
    [InlineData("norms", 64 * (1024 + 384.0))]
    [InlineData("attention", 64 * 384.0)]
    [InlineData("feed_forward", 64 * 768.0)]
    public void Full_recomputation(string key, double bytes) =>
        Assert.Equal(bytes, Bytes(key, One with { Recomputation = Recomputation.Full }), 1e-6);

    /// <summary>A compiler: inputs of norms alone, 3·2·64·4 + 384; e·f twice; 9 fitted bytes a logit; no slack, no copies.</summary>
    [Theory]
    [InlineData("norms", 64 * (1536 + 384.0))]
    [InlineData("feed_forward", 64 * 3 * 96 * 4.0)]
    [InlineData("logits", 64 * 100 * 9.0)]
    [InlineData("weight_copies", 0)]
    [InlineData("allocator_slack", 0)]
    public void A_compiler(string key, double bytes) => Assert.Equal(bytes, Bytes(key, One with { Compile = true }), 1e-6);

    /// <summary>
    /// Four copies of fp32, three, eight bytes, four; a fused head works through d = 64 of 100 columns' worth at 4 + 2 bytes.
    /// </summary>
    [Theory]
    [InlineData(LossKernel.Eager, 1600)]
    [InlineData(LossKernel.Direct, 1200)]
    [InlineData(LossKernel.VocabParallel, 800)]
    [InlineData(LossKernel.InPlace, 400)]
    [InlineData(LossKernel.FusedLinear, 384)]
    public void Losses(LossKernel loss, double perToken) => Assert.Equal(64 * perToken, Bytes("logits", One, new() { Loss = loss }), 1e-6);

    /// <summary>
    /// Four ranks, gradients kept. FSDP: root and two blocks gathered, 68,160, and the gradients of the larger unit, 61,696, in 2 bytes;
    /// grad_op gathers all of N. DDP's buckets hold the gradients again; ZeRO's hold 1,000 bytes and a 16-bit copy of each gradient kept.
    /// </summary>
    [Theory]
    [InlineData("fsdp_full", "gathered_units", 259_712)]
    [InlineData("fsdp_full", "weights", 99_008)]
    [InlineData("fsdp_full", "gradients", 99_008)]
    [InlineData("fsdp_full", "optimizer_states", 198_016)]
    [InlineData("fsdp_full", "communication_buffers", 0)]
    [InlineData("fsdp_grad_op", "gathered_units", 321_408)]
    [InlineData("ddp", "communication_buffers", 396_032)]
    [InlineData("ddp", "gradients", 396_032)]
    [InlineData("ddp", "context", 1.5e6)]
    [InlineData("zero1", "communication_buffers", 199_016)]
    [InlineData("zero1", "optimizer_states", 198_016)]
    [InlineData("zero1", "weights", 396_032)]
    [InlineData("zero2", "communication_buffers", 50_504)]
    [InlineData("zero2", "gradients", 99_008)]
    public void Four_ranks(string scheme, string key, double bytes) => Assert.Equal(
        bytes, Bytes(key, One with { GradAccum = 2, Layout = Scheme.Parse(scheme).On(4, 8) },
            new() { ZeroBucketBytes = 1000, ZeroGradientCopy = true }), 1e-6);

    /// <summary>
    /// Measured to the byte: 7,241,732,096 parameters in pure bfloat16 and AdamW under FSDP on two devices allocated 36,225,939,968 bytes,
    /// 10.005 bytes a parameter over two: 2 of weights, 2 of gradients, 4 of moments, 2 of the step's square root
    /// (fms-acceleration, a100_80gb.csv, batch 2). The rest are buffers of no formula here.
    /// </summary>
    [Fact]
    public void The_step_of_adamw_is_the_peak_that_was_measured()
    {
        var shape = new TransformerShape
        {
            Name = "mistral-7b", Layers = 32, DModel = 4096, Heads = 32, KvHeads = 8, HeadDim = 128, DFfn = 14336, FfnKind = FfnKind.Swiglu,
                Vocab = 32000, TiedEmbeddings = false,
        };
        var setup = new TrainingSetup(4096, 2, 1, Scheme.FsdpFull.On(2, 2), Precision.Bf16Pure, AttentionKind.Flash, Recomputation.Full,
            false);
        Assert.InRange(new MemoryModel(shape).Predict(setup).Of(MemoryKind.Allocated).Count, 0.99 * 36_225_939_968, 1.01 * 36_225_939_968);
    }

    /// <summary>DeepSpeed casts its share of 16-bit gradients to fp32 in the step: 4·N over the ranks, here beyond what is gone.</summary>
    [Fact]
    public void Deepspeeds_step_widens_its_gradients()
    {
        var traits = Megatron with { HalfGradients = true, WideGradientsInStep = true };
        var tiny = One with { SeqLen = 1, MicroBatch = 1 };
        var gone = 1792 + 1152 + 1728 + 800.0;
        Assert.Equal(4 * Parameters - gone, Bytes("optimizer_temporaries", tiny, traits), 1e-6);
        Assert.Equal(Parameters - gone, Bytes("optimizer_temporaries", tiny with { Layout = Scheme.Zero1.On(4, 8) }, traits), 1e-6);
    }

    /// <summary>
    /// Ren et al. 2021, ZeRO-Offload: 16-bit weights stay; 2 of gradients and 12 of fp32 states go to the host, over the ranks.
    /// </summary>
    [Fact]
    public void An_optimizer_on_the_host_moves_fourteen_bytes_of_each_parameter()
    {
        var model = new MemoryModel(Shape, Megatron with { HalfGradients = true, OptimizerOnHost = true }, Constants);
        var ranks = One with { Layout = Scheme.Zero2.On(4, 8) };
        var peak = model.Predict(ranks);
        Assert.Equal((2 * Parameters, 0.0, 0.0, 0.0),
            (peak.Parameters.Count, peak.Gradients.Count, peak.MasterWeights.Count, peak.OptimizerStates.Count));
        Assert.Equal(14 * Parameters / 4, model.HostBytes(ranks), 1e-6);
        Assert.Equal(0, new MemoryModel(Shape, Megatron, Constants).HostBytes(ranks));
    }

    [Fact]
    public void Kinds_of_peak_add_slack_and_context()
    {
        var peak = new MemoryModel(Shape, MemoryTraits.Unknown, Constants).Predict(One);
        Assert.Equal(54_476.8, (peak.Of(MemoryKind.Reserved) - peak.Of(MemoryKind.Allocated)).Count, 1e-6);
        Assert.Equal(1e6, (peak.Of(MemoryKind.Device) - peak.Of(MemoryKind.Reserved)).Count, 1e-6);
        Assert.Equal(peak.Total, peak.Of(MemoryKind.Device));
    }

    [Fact]
    public void Parts_hold_every_component_once()
    {
        var peak = new MemoryModel(Shape, Megatron, Constants)
            .Predict(One with { Layout = Scheme.Zero1.On(4, 8), Attention = AttentionKind.Vanilla });
        Assert.Equal(peak.Components().Sum(part => part.Bytes), MemoryParts.Keys.Sum(part => peak.Of(part.Part).Count), 1e-6);
        Assert.Equal(
            ["parameters", "gradients", "master_weights", "optimizer_states", "activations", "logits", "communication", "overhead"],
            MemoryParts.Keys.Select(part => part.Key));
        Assert.Equal(peak.Components().Count, peak.Components().Select(part => part.Key).Distinct().Count());
    }

    [Fact]
    public void The_documentation_has_every_component()
    {
        var page = File.ReadAllText(Path.Combine(ShippedModels.Profiles, "..", "docs", "models.md"));
        Assert.All(new MemoryModel(Shape).Predict(One).Components(), part =>
            Assert.Contains($"| `{part.Key}` | {MemoryParts.Keys.Single(named => named.Part == part.Part).Key} |", page,
                StringComparison.Ordinal));
    }

    private static double Bytes(string key, TrainingSetup setup, MemoryTraits? traits = null, TransformerShape? shape = null) =>
        new MemoryModel(shape ?? Shape, traits ?? MemoryTraits.Unknown, Constants).Predict(setup).Components()
        .Single(part => part.Key == key).Bytes;
}
