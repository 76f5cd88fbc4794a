using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Memory.Components;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Tests.Memory;

/// <summary>Peaks of ranks that share a model against the tables of the literature, by hand.</summary>
public sealed class SplitMemoryTests
{
    private const int Sequence = 1024, Width = 1024, Blocks = 16;

    /// <summary>Megatron's GPT: 16-bit residuals, LayerNorm, GELU in one kernel, dropout.</summary>
    private static readonly MemoryTraits Megatron =
        new() { SeparateMasterWeights = true, HalfResidual = true, Dropout = true, FusedOptimizer = true, PersistentGradients = true };

    private static readonly TransformerShape Shape = new()
    {
        Name = "gpt", Layers = Blocks, DModel = Width, Heads = 16, KvHeads = 16, HeadDim = 64, DFfn = 4 * Width, FfnKind = FfnKind.Gelu,
            Norm = NormKind.LayerNorm,
        Vocab = 8, TiedEmbeddings = true,
    };

    /// <summary>
    /// Korthikanti et al. 2022, table 2, without the scores that fused attention does not keep: s·b·h·(10 + 24/t) bytes a block, with
    /// sequence parallelism s·b·h·34/t.
    /// </summary>
    [Theory]
    [InlineData("ddp", 1, 34)]
    [InlineData("tp(4)", 4, 10 + (24.0 / 4))]
    [InlineData("tp(4)+sp", 4, 34.0 / 4)]
    [InlineData("cp(4)", 4, 34.0 / 4)]
    public void Activations_of_a_block_are_those_of_the_table(string scheme, int gpus, double perToken) =>
        Assert.Equal(Blocks * perToken * Sequence * Width, BlockActivations(scheme, gpus, 1), 1.0);

    /// <summary>
    /// 16 blocks on 4 stages: the first keeps 4 blocks of 4 micro-batches, all 16 of them (Narayanan et al. 2021, 2.2.1); of 2
    /// micro-batches only 2 are on their way; two parts each make it L(1 + (p − 1)/(p·v)) = 22 (Korthikanti et al. 2022, 4.2.3).
    /// </summary>
    [Theory]
    [InlineData("pp(4)", 8, 16)]
    [InlineData("pp(4)", 2, 8)]
    [InlineData("pp(4)+zb", 8, 16)]
    [InlineData("pp(4)+vp(2)", 8, 22)]
    public void The_first_stage_keeps_a_micro_batch_for_each_stage_ahead(string scheme, int accumulation, double blocks) =>
        Assert.Equal(blocks * 34 * Sequence * Width, BlockActivations(scheme, 4, accumulation), 1.0);

    /// <summary>
    /// 8 GPUs as ZeRO-1 over 2, TP 2, PP 2: 2 + 4 bytes of half the blocks and the table, halved, and 12 of that over two ranks.
    /// </summary>
    [Fact]
    public void States_are_those_of_the_stage_and_the_ranks_that_share_it()
    {
        var shape = Shape with { Vocab = 50_000 };
        var peak = new MemoryModel(shape, Megatron).Predict(Setup("zero1+tp(2)+pp(2)", 8, 4));
        var parameters = ((Blocks / 2.0 * ParameterCount.OfBlock(shape)) + (50_000.0 * Width)) / 2;
        Assert.Equal(2 * parameters, peak.Parameters.Count, 1.0);
        Assert.Equal(4 * parameters, peak.Gradients.Count, 1.0);
        Assert.Equal(4 * parameters / 2, peak.MasterWeights.Count, 1.0);
        Assert.Equal(8 * parameters / 2, peak.OptimizerStates.Count, 1.0);
    }

    /// <summary>A vocabulary so large that its logits outweigh what the first stage keeps: the last stage has the peak then.</summary>
    [Fact]
    public void The_peak_is_that_of_the_stage_that_needs_most()
    {
        var model = new MemoryModel(Shape with { Vocab = 400_000, Layers = 4 }, Megatron);
        Assert.True(model.Predict(Setup("pp(4)", 4, 8)).Logits.Count > 0);
        Assert.Equal(0, new MemoryModel(Shape, Megatron).Predict(Setup("pp(4)", 4, 8)).Logits.Count);
    }

    /// <summary>The first stage has the embedding and no head, so that the same vocabulary costs it no logits.</summary>
    [Fact]
    public void The_first_stage_can_be_asked_for()
    {
        var model = new MemoryModel(Shape with { Vocab = 400_000, Layers = 4 }, Megatron);
        var (first, most) = (model.PredictFirstStage(Setup("pp(4)", 4, 8)), model.Predict(Setup("pp(4)", 4, 8)));
        Assert.Equal(0, first.Logits.Count);
        Assert.True(first.Total.Count < most.Total.Count);
        Assert.Equal(model.Predict(Setup("tp(4)", 4, 8)), model.PredictFirstStage(Setup("tp(4)", 4, 8)));
    }

    /// <summary>
    /// A group to talk in for each axis that is shared: none on one device, gradients of 8, the same and tensors, and stages beside them;
    /// shards of 4 and their 2 copies; ranks that share experts and, where several have the same ones, those.
    /// </summary>
    [Theory]
    [InlineData("ddp", 1, 0)]
    [InlineData("ddp", 8, 1)]
    [InlineData("fsdp_full", 8, 1)]
    [InlineData("tp(8)", 8, 1)]
    [InlineData("tp(4)", 8, 2)]
    [InlineData("tp(2)+pp(2)", 8, 3)]
    [InlineData("hsdp(dp4)", 8, 2)]
    [InlineData("ep(8)", 8, 2)]
    [InlineData("ep(4)", 8, 3)]
    [InlineData("fsdp_full+ep(4)", 8, 3)]
    [InlineData("hsdp(dp4)+ep(2)", 8, 4)]
    public void Buffers_of_collectives_are_counted_by_group(string scheme, int gpus, int groups)
    {
        MemoryModel With(double bytes) => new(Shape, Megatron, MemoryConstants.Documented with { CollectiveBytes = bytes });
        var (without, with) = (With(0).Predict(Setup(scheme, gpus, 8)), With(1e6).Predict(Setup(scheme, gpus, 8)));
        Assert.Equal(groups * 1e6, with.Overhead.Count - without.Overhead.Count, 1e-3);
    }

    private static double BlockActivations(string scheme, int gpus, int accumulation)
    {
        var kept = MemoryConstants.Documented with { BackwardShare = 0 };
        var peak = new MemoryModel(Shape, Megatron, kept).Predict(Setup(scheme, gpus, accumulation));
        var last = peak.Components().Single(component => component.Key == "norms").Bytes;
        return peak.Activations.Count - FinalNorm(scheme, last);
    }

    /// <summary>The norm before the head, 4 bytes of each token's width: on the last stage alone, divided as the tokens are.</summary>
    private static double FinalNorm(string scheme, double norms) => norms == 0 ? 0 : scheme switch
    {
        _ when scheme.StartsWith("pp", StringComparison.Ordinal) => 0,
        "tp(4)+sp" or "cp(4)" => 4.0 * Sequence * Width / 4,
        _ => 4.0 * Sequence * Width,
    };

    private static TrainingSetup Setup(string scheme, int gpus, int accumulation) => new(
        Sequence, 1, accumulation, Scheme.Parse(scheme).On(gpus, 8), Precision.Bf16Mixed, AttentionKind.Flash, Recomputation.None, false);
}
