using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Tests.Time;

/// <summary>Kernels of a block in the calibrator's training.</summary>
public class BlockKernelsTests
{
    /// <summary>By hand: a gated block in fp32 has 3 · 28 and 7 stores of gradients; a plain one 3 · 11, 12 stores and 4 sums.</summary>
    [Theory]
    [InlineData(2, Precision.Fp32, AttentionKind.Flash, false, 91)]
    [InlineData(2, Precision.Fp32, AttentionKind.Vanilla, false, 91 + 12)]
    [InlineData(2, Precision.Bf16Mixed, AttentionKind.Flash, true, 91 + 6 + 22)]
    [InlineData(1, Precision.Fp32, AttentionKind.Flash, false, 49)]
    [InlineData(1, Precision.Bf16Mixed, AttentionKind.Vanilla, false, 49 + 12 + 24)]
    public void Are_counted_over_those_of_a_gated_block(double ffnInputs, Precision precision, AttentionKind attention, bool isGrouped,
        double kernels)
    {
        var shape = ShapeCosts.Of(ExampleSetups.Shape, padsVocabulary: false);
        shape = shape with { FfnInputs = ffnInputs, KvWidth = isGrouped ? shape.QueryWidth / 2 : shape.QueryWidth };
        Assert.Equal(kernels / 91, BlockKernels.Share(shape, ExampleSetups.Setup with { Precision = precision, Attention = attention }),
            1e-12);
    }

    /// <summary>
    /// By hand: routing starts 10 more and has a parameter; seven of eight networks are more than the one of a dense block, with 5 kernels
    /// and 3 parameters each.
    /// </summary>
    [Fact]
    public void Experts_have_kernels_of_their_own()
    {
        var dense = ExampleSetups.Shape with { KvHeads = ExampleSetups.Shape.Heads, FfnKind = FfnKind.Swiglu };
        var shape = ShapeCosts.Of(dense.With(new ExpertLayers(8, 2, 64), null), padsVocabulary: false);
        var setup = ExampleSetups.Setup with { Precision = Precision.Fp32, Attention = AttentionKind.Flash };
        Assert.Equal((3 * (28 + 10 + 7 * 5) + 7 + 1 + 7 * 3) / 91.0, BlockKernels.Share(shape, setup), 1e-12);
    }
}
