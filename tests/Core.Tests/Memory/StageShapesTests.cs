using SlmPlanner.Core.Memory.Components;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;
using SlmPlanner.Tests.Models;
using SlmPlanner.Tests.Time;

namespace SlmPlanner.Tests.Memory;

/// <summary>
/// What memory reads of a shape and of its parts, by hand. The shape with experts has four blocks of width 2,048, the first with a
/// feed-forward of 8,192, the others with 8 experts of three matrices of 2,048 × 1,024, of which a token passes 2.
/// </summary>
public sealed class StageShapesTests
{
    private const double Table = 50_304.0 * 2048, Experts = 3 * 8 * 3 * 2048.0 * 1024;

    private static readonly BoundShape Mixed = Bound(BlockWorkTests.Experts());
    private static readonly BoundShape Plain = Bound(ExampleSetups.Shape);

    /// <summary>
    /// Means over four blocks: width that a token passes (8192 + 3·2048)/4, copies of a token 3·2/4, routed width 3·2048/4.
    /// </summary>
    [Fact]
    public void Blocks_that_differ_count_by_their_mean()
    {
        Assert.Equal((2048, 2048, 16), (Mixed.Query, Mixed.KeyValue, Mixed.Heads));
        Assert.Equal((3584, 1.5, 1536), (Mixed.FeedForward, Mixed.RoutedCopies, Mixed.RoutedWidth));
        Assert.Equal((Table, Experts), (Mixed.TableParameters, Mixed.ExpertParameters));
        Assert.Equal(2048.0 * 3584, Mixed.LargestMatrix);
        Assert.Equal(Mixed.Parameters - (0.75 * Experts), (Mixed with { Part = new(1, 4, 1) }).LocalParameters, 1.0);
        Assert.Equal((true, false), (Mixed.Work is not null, Plain.Work is not null));
    }

    /// <summary>Shared experts are passed by every token and routed to by none: of 2·1024 + 512 the routed width is 2048.</summary>
    [Fact]
    public void Shared_experts_are_not_routed_to()
    {
        var block = ExampleSetups.Shape.UsualBlock with
        {
            FeedForward = new Experts { Count = 8, PerToken = 2, Width = 1024, SharedWidth = 512 },
        };
        var shape = Bound(ExampleSetups.Shape with { Layers = 2, Sequence = new([block, block]) });
        Assert.Equal((2560, 2048), (shape.FeedForward, shape.RoutedWidth));
    }

    /// <summary>Two attentions side by side are twice one; a narrow embedding has a narrow table.</summary>
    [Fact]
    public void What_stands_side_by_side_adds_up()
    {
        var block = ExampleSetups.Shape.UsualBlock;
        block = block with { Beside = block.Mixer };
        var twice = Bound(ExampleSetups.Shape with { Layers = 2, Sequence = new([block, block]) });
        Assert.Equal((4096, 4096, 32), (twice.Query, twice.KeyValue, twice.Heads));
        Assert.Equal(50_304.0 * 512, Bound(ExampleSetups.Shape with { EmbeddingWidth = 512 }).TableParameters);
    }

    /// <summary>
    /// Two ranks share a model: each has half of every matrix, and what goes from block to block whole unless the sequence is shared too.
    /// </summary>
    [Theory]
    [InlineData("tp(2)", 2048)]
    [InlineData("tp(2)+sp", 1024)]
    public void A_tensor_parallel_rank_has_half(string scheme, double residual)
    {
        var part = Assert.Single(Parts(Mixed, scheme, 2));
        Assert.Equal((1024, 1024, 8), (part.Query, part.KeyValue, part.Heads));
        Assert.Equal((1792, 768, 25_152), (part.FeedForward, part.RoutedWidth, part.Vocab));
        Assert.Equal((residual, residual), (part.ResidualWidth, part.FinalWidth));
        Assert.Equal((Mixed.Parameters / 2, Mixed.BlockParameters / 2, Mixed.RootParameters / 2),
            (part.Parameters, part.BlockParameters, part.RootParameters));
        Assert.Equal((Table / 2, Experts / 2), (part.TableParameters, part.ExpertParameters));
        Assert.Equal(8, Assert.Single(Parts(Mixed with { StateElements = 16 }, scheme, 2)).StateElements);
    }

    /// <summary>
    /// Four ranks share the experts: of a block with 8 experts, a third of all, three quarters are elsewhere.
    /// </summary>
    [Fact]
    public void A_rank_has_its_own_experts_in_its_largest_block()
    {
        var part = Assert.Single(Parts(Mixed, "ep(4)", 8));
        Assert.Equal(new(1, 4, 1), part.Part);
        Assert.Equal(Mixed.BlockParameters - (Experts / 3 * 0.75), part.BlockParameters, 1.0);
        Assert.Equal(Mixed.BlockParameters, Assert.Single(Parts(Mixed, "ddp", 8)).BlockParameters);
    }

    /// <summary>
    /// 16 equal blocks on four stages: four each, a micro-batch for each stage ahead; the table stands on the first and on the last.
    /// </summary>
    [Fact]
    public void A_stage_has_its_blocks_and_the_ends_a_table()
    {
        var blocks = (Plain.Parameters - Plain.RootParameters) / 4;
        var parts = Parts(Plain, "pp(4)", 4);
        Assert.Equal(2, parts.Length);
        Assert.Equal((4, 4, 4, 0, 0), (parts[0].Layers, parts[0].StagesAhead, parts[0].Stages, parts[0].Vocab, parts[0].FinalWidth));
        Assert.Equal((4, 1, 4, 50_304, 2048),
            (parts[1].Layers, parts[1].StagesAhead, parts[1].Stages, parts[1].Vocab, parts[1].FinalWidth));
        Assert.Equal((blocks + Table, blocks + Table), (parts[0].Parameters, parts[1].Parameters));
        Assert.Equal((Table, Table), (parts[0].RootParameters, parts[1].RootParameters));
    }

    /// <summary>
    /// The head's 103,022,592 parameters are two of a block's 50,335,744: with them the last of four stages has two blocks of 16, the first
    /// five.
    /// </summary>
    [Fact]
    public void A_head_that_counts_takes_the_place_of_blocks()
    {
        var parts = Parts(Plain, "pp(4)", 4, balanced: true);
        Assert.Equal([(5, (5 * 50_335_744.0) + Table), (2, (2 * 50_335_744.0) + Table)],
            parts.Select(part => (part.Layers, part.Parameters)));
    }

    /// <summary>
    /// The dense block has 4·2048² + 2·2048·8192 + 2·2048 = 50,335,744 parameters, one with experts 4·2048² + 24·2048·1024 + 8·2048 +
    /// 2·2048 = 67,129,344. On two stages half the experts are on each; on four a stage between the ends has more than the first, and no
    /// table.
    /// </summary>
    [Fact]
    public void Experts_go_with_their_blocks()
    {
        const double Dense = 50_335_744, Expert = 67_129_344;
        Assert.Equal([(2, 2, Dense + Expert + Table, Experts / 2), (2, 1, (2 * Expert) + Table, Experts / 2)],
            Parts(Mixed, "pp(2)", 2).Select(part => (part.Layers, part.StagesAhead, Math.Round(part.Parameters, 3),
                part.ExpertParameters)));
        var between = Parts(Mixed, "pp(4)", 4)[2];
        Assert.Equal((1, 3, Experts / 4), (between.Layers, between.StagesAhead, between.ExpertParameters));
        Assert.Equal(Expert, between.Parameters, 1e-3);
        Assert.Equal((0, 0, 0, 0), (between.Vocab, between.FinalWidth, between.TableParameters, between.RootParameters));
    }

    private static BoundShape[] Parts(BoundShape shape, string scheme, int gpus, bool balanced = false) =>
        new StageShapes(shape).Of(Scheme.Parse(scheme).On(gpus, 8) with { BalancedStages = balanced }, Tuning.Full);

    private static BoundShape Bound(TransformerShape shape) => new(shape, MemoryTraits.Unknown, MemoryConstants.Documented);
}
