using SlmPlanner.Core.Models;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Tests.Time;

/// <summary>
/// Kernels of a block by hand: 28 forward, 56 backward and 7 that store gradients are 91, with the forward pass repeated 119.
/// </summary>
public sealed class TunedKernelsTests
{
    private static readonly ShapeCosts Shape = ShapeCosts.Of(ExampleSetups.Shape, padsVocabulary: false);

    /// <summary>
    /// A quarter of the blocks trained: 28 and a quarter of 63; where blocks are repeated, a quarter of those too: 28·1.25 + 15.75 of 119.
    /// </summary>
    [Theory]
    [InlineData(0, (28 + 15.75) / 91)]
    [InlineData(1, (35 + 15.75) / 119)]
    public void Blocks_that_are_not_trained_have_no_backward_kernels(double repeated, double share) =>
        Assert.Equal(share, Share(new(TuningMethod.Freeze, TrainedBlocks: 4), Precision.Bf16Mixed, repeated), 1e-12);

    /// <summary>
    /// Adapters on queries and values: two in each block, each 4 kernels forward and 8 backward, with two conversions either way in mixed
    /// recipes, in place of the 7 weight gradients and 7 stores. Mixed 91 + 2·(6 + 10) − 14; pure or wide 91 + 2·12 − 14; repeated 119 +
    /// 2·(12 + 10) − 14.
    /// </summary>
    [Theory]
    [InlineData(Precision.Bf16Mixed, 0, (91 + 32 - 14) / 91.0)]
    [InlineData(Precision.Bf16Pure, 0, (91 + 24 - 14) / 91.0)]
    [InlineData(Precision.Fp32, 0, (91 + 24 - 14) / 91.0)]
    [InlineData(Precision.Bf16Mixed, 1, (119 + 44 - 14) / 119.0)]
    public void Adapters_start_more(Precision precision, double repeated, double share) => Assert.Equal(share,
        Share(new(TuningMethod.Lora, 16, AdapterTargets.Query | AdapterTargets.Value), precision, repeated), 1e-12);

    /// <summary>Four-bit weights take two kernels more for each of seven multiplies, forward, backward and where repeated.</summary>
    [Theory]
    [InlineData(0, (91 + 32 - 14 + 28) / 91.0)]
    [InlineData(1, (119 + 44 - 14 + 42) / 119.0)]
    public void Few_bits_are_widened_each_time(double repeated, double share) => Assert.Equal(share,
        Share(new(TuningMethod.Qlora, 16, AdapterTargets.Query | AdapterTargets.Value), Precision.Bf16Mixed, repeated), 1e-12);

    private static double Share(Tuning tuning, Precision precision, double repeated) => TunedKernels.Share(
        Shape, ExampleSetups.Setup with { Tuning = tuning, Precision = precision }, TrainedWork.Of(tuning, Shape.Layers), repeated);
}
