using SlmPlanner.Core;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Tests.Models;

public sealed class AdapterSitesTests
{
    private static readonly TransformerShape Llama7B = new()
    {
        Name = "llama-2-7b", Layers = 32, DModel = 4096, Heads = 32, KvHeads = 32, HeadDim = 128, DFfn = 11_008, FfnKind = FfnKind.Swiglu,
        Vocab = 32_000, TiedEmbeddings = false,
    };

    /// <summary>
    /// What peft prints of Llama 2 7B: 4,194,304 with rank 8 on queries and values, 39,976,960 with rank 16 on every matrix (both recalled
    /// from its examples); by hand 32·8·2·8,192, and 32·16·(4·8,192 + 3·15,104).
    /// </summary>
    [Theory]
    [InlineData(8, "q,v", 4_194_304)]
    [InlineData(16, "all", 39_976_960)]
    [InlineData(16, "q_proj k_proj v_proj o_proj", 32 * 16 * 4 * 8_192)]
    [InlineData(1, "down", 32 * 15_104)]
    public void Adapters_have_rank_times_inputs_and_outputs(int rank, string targets, double trained) =>
        Assert.Equal(trained, TrainableCount.Of(Llama7B).Of(new(TuningMethod.Lora, rank, AdapterTargetsText.Parse(targets))));

    /// <summary>
    /// Grouped keys and values are narrower: Llama 3.2 1B, rank 16 on all: 16·16·(2·4,096 + 2·(2,048 + 512) + 3·(2,048 + 8,192)).
    /// </summary>
    [Fact]
    public void Grouped_heads_have_narrower_adapters()
    {
        var shape = Llama7B with { Layers = 16, DModel = 2048, Heads = 32, KvHeads = 8, HeadDim = 64, DFfn = 8192 };
        Assert.Equal(11_272_192, TrainableCount.Of(shape).Of(new(TuningMethod.Lora, 16, AdapterTargets.All)));
    }

    /// <summary>
    /// Every expert has adapters, of which a token passes those of its experts: 4 of width 100, 2 for a token, in 3 blocks of width 64.
    /// </summary>
    [Fact]
    public void Every_expert_has_adapters()
    {
        var block = Llama7B.UsualBlock with { FeedForward = new Experts { Count = 4, PerToken = 2, Width = 100 } };
        var shape = Llama7B with { Layers = 3, DModel = 64, Sequence = new(block, 3) };
        var sum = AdapterSites.Of(shape).Of(AdapterTargets.FeedForward);
        Assert.Equal(3 * 4 * 3 * 164, sum.Sides);
        Assert.Equal(3 * 2 * (64 + 64 + 100), sum.Inputs);
        Assert.Equal(3 * 2 * 3, sum.Matrices);
    }

    /// <summary>
    /// Llama 3.2 1B on four tensor-parallel ranks, rank 16 on all: beside what is divided by columns every rank has 2,048 whole inputs and
    /// a quarter of the outputs, 512, 128, 128, 2,048 and 2,048; beside what is divided by rows a quarter of the inputs, 512 and 2,048, and
    /// 2,048 whole outputs. On four of sixteen blocks a quarter of it.
    /// </summary>
    [Theory]
    [InlineData(1, 16 * 16 * (2048 + 512 + 2 * (2048 + 128) + 512 + 2048 + 2 * (2048 + 2048) + 2048 + 2048))]
    [InlineData(0.25, 4 * 16 * (2048 + 512 + 2 * (2048 + 128) + 512 + 2048 + 2 * (2048 + 2048) + 2048 + 2048))]
    public void A_tensor_parallel_rank_has_one_half_whole_and_its_part_of_the_other(double blocks, double trained)
    {
        var shape = Llama7B with { Layers = 16, DModel = 2048, Heads = 32, KvHeads = 8, HeadDim = 64, DFfn = 8192 };
        Assert.Equal(trained, TrainableCount.Of(shape).On(new(TuningMethod.Lora, 16, AdapterTargets.All), new(4, 1, blocks)), 1e-6);
    }

    /// <summary>
    /// Two of four experts on a rank, and 1.5 times the mean of their tokens: adapters of two, and the fullest rank passes 1.5 times as
    /// many tokens through as many of them. What every token passes is as ever.
    /// </summary>
    [Fact]
    public void Ranks_that_share_experts_have_the_adapters_of_their_own()
    {
        var block = Llama7B.UsualBlock with { FeedForward = new Experts { Count = 4, PerToken = 2, Width = 100 } };
        var sites = AdapterSites.Of(Llama7B with { Layers = 3, DModel = 64, Sequence = new(block, 3) });
        var part = sites.On(AdapterTargets.Up | AdapterTargets.Query, new(1, 2, 1));
        var (all, rank) = (sites.Of(AdapterTargets.Up | AdapterTargets.Query), part.Worked(2, 1.5));
        Assert.Equal(all.Sides - 3 * 2 * 164, rank.Sides);
        Assert.Equal(all.Inputs + 0.5 * 3 * 2 * 64, rank.Inputs);
        Assert.Equal(all.Outputs + 0.5 * 3 * 2 * 100, rank.Outputs);
        Assert.Equal(3 * 4 * 164, part.Routed.Sides);
    }

    [Fact]
    public void The_last_blocks_are_counted_exactly()
    {
        var (small, large) = (Llama7B.UsualBlock, Llama7B.UsualBlock with { FeedForward = new DenseFeedForward { Width = 20_000 } });
        var shape = Llama7B with { Layers = 3, Sequence = new([small, small, large]) };
        var count = TrainableCount.Of(shape);
        double Of(Block block) => ParameterCount.OfBlock(shape, block).Total;
        Assert.Equal(Of(large), count.Of(new(TuningMethod.Freeze, TrainedBlocks: 1)));
        Assert.Equal(Of(large) + Of(small), count.Of(new(TuningMethod.Freeze, TrainedBlocks: 2)));
        Assert.Equal(ParameterCount.Of(shape).Total, count.Of(Tuning.Full));
    }

    [Theory]
    [InlineData(AdapterTargets.All, "all")]
    [InlineData(AdapterTargets.Attention, "attention")]
    [InlineData(AdapterTargets.Query | AdapterTargets.Down, "q+down")]
    public void The_written_form_reads_back(AdapterTargets targets, string text)
    {
        Assert.Equal(text, AdapterTargetsText.Write(targets));
        Assert.Equal(targets, AdapterTargetsText.Parse(text));
        Assert.Contains("'z'", Assert.Throws<InputException>(() => AdapterTargetsText.Parse("q,z")).Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// Operations of a token beside frozen weights of a block of d = 4096: forward and one gradient, and of adapters three times 2·r·(k +
    /// n); the head twice.
    /// </summary>
    [Fact]
    public void Operations_of_a_token()
    {
        var tuning = new Tuning(TuningMethod.Lora, 8, AdapterTargets.Query | AdapterTargets.Value);
        var (tuned, forward) = (FlopCount.Tuned(Llama7B, 1024, tuning), FlopCount.Forward(Llama7B, 1024));
        Assert.Equal(2 * (forward.Qkv.Count + forward.AttentionOut.Count + forward.Ffn.Count + forward.Logits.Count)
            + 3 * forward.Scores.Count + 3 * 2 * 4_194_304.0, tuned.Total.Count, 1);
        Assert.Equal(FlopCount.Training(Llama7B, 1024), FlopCount.Tuned(Llama7B, 1024, Tuning.Full));
    }
}
