using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Tests.Models;

public sealed class ParameterCountTests
{
    public static TheoryData<string> Published =>
        [.. ShippedModels.Catalog.Models.Where(model => model.PublishedParameters is not null).Select(model => model.Name)];

    [Theory]
    [MemberData(nameof(Published))]
    public void Computed_count_equals_the_published_one(string name)
    {
        var shape = ShippedModels.Catalog.Find(name);
        Assert.Equal(shape.PublishedParameters, ParameterCount.Of(shape).Total);
    }

    [Fact]
    public void Most_shipped_models_have_a_published_count() => Assert.True(Published.Count >= 40, $"{Published.Count}");

    /// <summary>The rounded counts of the MobileLLM paper (arXiv:2402.14905) and the repository's README.</summary>
    [Theory]
    [InlineData("mobilellm-125m", 124.6e6)]
    [InlineData("mobilellm-350m", 345.3e6)]
    [InlineData("mobilellm-600m", 603.1e6)]
    [InlineData("mobilellm-1b", 1.01e9)]
    [InlineData("mobilellm-1.5b", 1.51e9)]
    public void Rounded_published_counts_agree_to_their_rounding(string name, double published) =>
        Assert.Equal(1, ParameterCount.Of(ShippedModels.Catalog.Find(name)).Total / published, 0.005);

    /// <summary>llm-foundry's benchmark table sizes the learned position table by the training sequence.</summary>
    [Theory]
    [InlineData("mpt-125m", 512, 124131840)]
    [InlineData("mpt-125m", 8192, 130030080)]
    [InlineData("mpt-125m", 65536, 174070272)]
    [InlineData("mpt-350m", 4096, 358082560)]
    public void A_learned_position_table_follows_the_sequence(string name, int seqLen, long published) =>
        Assert.Equal(published, ParameterCount.Of(ShippedModels.Catalog.Find(name).ForSequence(seqLen)).Total);

    [Fact]
    public void Rotary_models_do_not_depend_on_the_sequence()
    {
        var shape = ShippedModels.Catalog.Find("slm-1b");
        Assert.Equal(shape, shape.ForSequence(8192));
    }

    [Fact]
    public void Blocks_and_the_rest_add_up_to_the_model()
    {
        foreach (var shape in ShippedModels.Catalog.Models)
        {
            var count = ParameterCount.Of(shape);
            Assert.Equal(
                count.Attention + count.Recurrence + count.Ffn + count.Router + count.Experts + count.Norms,
                ParameterCount.OfBlocks(shape) + FinalNorm(shape));
        }
    }

    [Fact]
    public void The_largest_allowed_shape_does_not_overflow()
    {
        var shape = ShippedModels.Catalog.Find("phi-2") with
        {
            Layers = 1_000, DModel = 65_536, Heads = 1_024, KvHeads = 1_024, HeadDim = 4_096, DFfn = 1_048_576,
            FfnKind = FfnKind.Swiglu, Vocab = 10_000_000, MaxPositions = 100_000_000, Positions = PositionKind.Learned,
        };
        Assert.Empty(ShapeLimits.Problems(shape));
        Assert.InRange(ParameterCount.Of(shape).Total, 1_000_000_000_000_000, 3_000_000_000_000_000);
    }

    private static long FinalNorm(TransformerShape shape) => shape.Norm switch
    {
        NormKind.LayerNorm when shape.NormBias => 2 * shape.DModel,
        NormKind.NonParametric => 0,
        _ => shape.DModel,
    };
}
