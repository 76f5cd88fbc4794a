using CsCheck;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Data.Models;

namespace SlmPlanner.Tests.Models.Blocks;

/// <summary>Counts of blocks, worked by hand, and laws that hold of all of them.</summary>
public sealed class BlockCountTests
{
    private static readonly TransformerShape Model = new()
    {
        Name = "hand", Layers = 2, DModel = 8, Heads = 2, KvHeads = 1, HeadDim = 4, DFfn = 16, FfnKind = FfnKind.Swiglu, Vocab = 100,
            TiedEmbeddings = true,
    };

    private static readonly SelfAttention Attention = new() { Heads = 2, KvHeads = 1, HeadDim = 4 };

    /// <summary>Table 800, final norm 8; per block q 8·8, k and v 8·4, o 8·8, three of 8·16, norms 2·8.</summary>
    [Fact]
    public void A_block_of_grouped_attention_by_hand() =>
        Assert.Equal(800 + 8 + 2 * (64 + 32 + 32 + 64 + 3 * 128 + 16), ParameterCount.Of(Model).Total);

    /// <summary>Router 8·4; four experts of 3·8·6, two of them active; a shared one of 3·8·10 with a gate of 8.</summary>
    [Fact]
    public void Experts_by_hand_all_in_the_total_and_two_of_four_active()
    {
        var shape = Of(new Experts { Count = 4, PerToken = 2, Width = 6, SharedWidth = 10, SharedGate = true });
        var count = ParameterCount.Of(shape);
        Assert.Equal((2 * 4 * 144, 2 * 2 * 144, 2 * (32 + 8), 2 * 240), (count.Experts, count.ActiveExperts, count.Router, count.Ffn));
        Assert.Equal(count.Total - 2 * 2 * 144, count.Active);
        var flops = FlopCount.Forward(shape, 4);
        Assert.Equal((2.0 * 2 * 2 * 144, 2.0 * 2 * 40, 2.0 * 2 * 240), (flops.Experts.Count, flops.Router.Count, flops.Ffn.Count));
    }

    /// <summary>Latents 8·(5 + 2) and 5·2·(3 + 4), queries 8·6 and 6·2·(3 + 2), output 2·4·8; norms of the latents 6 + 5.</summary>
    [Fact]
    public void Latent_attention_by_hand()
    {
        var block = new Block { Mixer = new LatentAttention { Heads = 2, QueryRank = 6, KvRank = 5, NopeDim = 3, RopeDim = 2,
            ValueDim = 4 }, Norms = 0 };
        var count = ParameterCount.OfBlock(Model, block);
        Assert.Equal((56 + 70 + 48 + 60 + 64, 11), (count.Attention, count.Norms));
    }

    /// <summary>In 8·(6 + 10 + 3), out 6·8; convolution (4 + 1)·10, decay, skip and step of 3 heads, gated norm 6.</summary>
    [Fact]
    public void A_state_space_by_hand()
    {
        var block = new Block { Mixer = new StateSpace { InnerWidth = 6, Heads = 3, State = 2, Groups = 1 }, Norms = 1 };
        var count = ParameterCount.OfBlock(Model, block);
        Assert.Equal((152 + 48 + 50 + 9, 6 + 8), (count.Recurrence, count.Norms));
    }

    /// <summary>In 8·12, inner to 2 + 2·3, 2 to 6, out 6·8; A 6·3, D 6, step bias 6, convolution (4 + 1)·6.</summary>
    [Fact]
    public void A_selective_scan_by_hand()
    {
        var block = new Block { Mixer = new SelectiveScan { InnerWidth = 6, State = 3, StepRank = 2 }, Norms = 1 };
        Assert.Equal(96 + 48 + 12 + 48 + 18 + 6 + 6 + 30, ParameterCount.OfBlock(Model, block).Recurrence);
    }

    /// <summary>In 8·3 and out 5·8 keep 3 + 5 elements a token, or as many as are stated; neither changes a parameter.</summary>
    [Fact]
    public void A_recurrence_keeps_what_its_matrices_write_and_read_or_what_is_stated()
    {
        var usual = new LinearRecurrence { Name = "hand", InWidth = 3, OutWidth = 5 };
        var stated = usual with { KeptElements = 96 };
        Assert.Equal((8, 96), (usual.StateElements, stated.StateElements));
        Assert.Equal(
            ParameterCount.OfBlock(Model, new Block { Mixer = usual }), ParameterCount.OfBlock(Model, new Block { Mixer = stated }));
    }

    /// <summary>Four copies of a width of 2048 three times, beside the inputs of the layer, 3·256, and LAuReL, 2·64.</summary>
    [Fact]
    public void Gemma_3n_says_that_its_blocks_are_not_measured()
    {
        var shape = ShapeFile.Read(Path.Combine(Repository.Root, "tests", "Core.Tests", "Models", "Configs", "gemma-3n-e2b.json"));
        Assert.Contains(new RecurrencesNotMeasured(), ModelFindings.Of(shape));
        Assert.Equal(3 * 256 + 2 * 64 + 3 * 4 * 2048, shape.Blocks[0].Block.Beside!.StateElements);
    }

    [Fact]
    public void Repeated_weights_count_once_and_work_twice()
    {
        var (first, again) = (Model.UsualBlock, Model.UsualBlock with { RepeatsWeights = true });
        var shape = Model with { Sequence = new([first, again]) };
        Assert.Equal(ParameterCount.Of(Model with { Layers = 1 }).Total, ParameterCount.Of(shape).Total);
        Assert.Equal(FlopCount.Forward(Model, 64), FlopCount.Forward(shape, 64));
    }

    [Fact]
    public void One_expert_for_all_is_a_dense_network_and_a_router()
    {
        var (dense, expert) = (Of(new DenseFeedForward { Width = 24 }), Of(new Experts { Count = 1, PerToken = 1, Width = 24 }));
        Assert.Equal(ParameterCount.Of(dense).Total + 2 * 8, ParameterCount.Of(expert).Total);
        Assert.Equal(ParameterCount.Of(expert).Total, ParameterCount.Of(expert).Active);
        Assert.Equal(FlopCount.Forward(dense, 32).Total.Count + 2 * 2 * 8, FlopCount.Forward(expert, 32).Total.Count);
    }

    /// <summary>A window of 4 in 6 tokens: 1 + 2 + 3 + 4 + 4 + 4 = 18 pairs, in the continuous count 4·6 − 4²/2 = 16.</summary>
    [Fact]
    public void A_window_bounds_the_scores_alone()
    {
        var windowed = Model with { Sequence = new(
            new Block { Mixer = Attention with { Window = 4 }, FeedForward = Model.UsualBlock.FeedForward }, 2) };
        var (bounded, full) = (FlopCount.Forward(windowed, 6), FlopCount.Forward(Model, 6));
        Assert.Equal(4 * 2 * 8 * 16.0 / 6, bounded.Scores.Count, 1e-9);
        Assert.Equal(full with { Scores = bounded.Scores }, bounded);
        Assert.Equal(FlopCount.Forward(Model, 4), FlopCount.Forward(windowed, 4));
    }

    [Fact]
    public void A_factorised_embedding_has_a_table_of_its_width_and_two_projections()
    {
        var shape = Model with { EmbeddingWidth = 4 };
        Assert.Equal(ParameterCount.Of(Model).Total - 800 + 400 + 2 * 32, ParameterCount.Of(shape).Total);
        Assert.Equal(2.0 * 4 * 100 + 2 * 2 * 32, FlopCount.Forward(shape, 4).Logits.Count);
    }

    [Fact]
    public void Blocks_written_out_are_the_model_that_its_members_describe() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 4], Gen.Int[1, 8], Gen.Bool, Gen.Enum<QkNormKind>(), Gen.Enum<FfnKind>())
        .Sample((layers, kv, dim, bias, norm, kind) =>
        {
            var shape = Model with { Layers = layers, Heads = 2 * kv, KvHeads = kv, HeadDim = dim, QkvBias = bias, FfnBias = !bias,
                QkNorm = norm, FfnKind = kind };
            var written = shape with { Sequence = new(Enumerable.Repeat(shape.UsualBlock, layers)) };
            Assert.Equal(ParameterCount.Of(shape), ParameterCount.Of(written));
            Assert.Equal(FlopCount.Forward(shape, 17), FlopCount.Forward(written, 17));
        });

    [Fact]
    public void Counts_add_up_over_blocks() =>
        Gen.Select(BlockGen, BlockGen).Sample((one, other) =>
        {
            var both = ParameterCount.Of(Model with { Sequence = new([one, other, one]) }).Total;
            var root = ParameterCount.Of(Model).Total - ParameterCount.OfBlocks(Model);
            Assert.Equal(root + 2 * ParameterCount.OfBlock(Model, one).Total + ParameterCount.OfBlock(Model, other).Total, both);
        });

    [Fact]
    public void Sharing_the_table_saves_a_table() =>
        Gen.Select(BlockGen, Gen.Int[1, 999]).Sample((block, vocab) =>
        {
            var shape = Model with { Sequence = new(block, 2), Vocab = vocab };
            Assert.Equal(ParameterCount.Of(shape with { TiedEmbeddings = false }).Total, ParameterCount.Of(shape).Total + 8L * vocab);
        });

    private static Gen<Block> BlockGen => Gen.Select(Gen.Int[1, 4], Gen.Int[1, 3], Gen.Int[1, 30], Gen.Bool, Gen.Int[0, 3])
        .Select((experts, heads, width, bias, kind) => new Block
    {
        Mixer = kind switch
        {
            0 => Attention with { Heads = heads, QkvBias = bias },
            1 => new StateSpace { InnerWidth = width, Heads = heads, State = 4 },
            2 => new LatentAttention { Heads = heads, KvRank = width, NopeDim = 3, RopeDim = 2, ValueDim = 4 },
            _ => new LinearRecurrence { Name = "short convolution", InWidth = width, OutWidth = width },
        },
        FeedForward = bias ? new DenseFeedForward { Width = width } : new Experts { Count = experts, PerToken = 1, Width = width },
    });

    private static TransformerShape Of(FeedForward network) =>
        Model with { Sequence = new(Model.UsualBlock with { FeedForward = network }, 2) };
}
