using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;
using SlmPlanner.Tests.Models;

namespace SlmPlanner.Tests.Memory;

/// <summary>How sure "fits" is, against tables of Student's distribution of four degrees of freedom.</summary>
public sealed class PeakOutlookTests
{
    private static readonly TransformerShape Shape = ShippedModels.Catalog.Find("gpt2");
    private static readonly TrainingSetup Setup = new(
        1024, 8, 1, Layout.OneDevice, Precision.Bf16Mixed, AttentionKind.Flash, Recomputation.None, Compile: false);

    private static readonly MemoryModel Large = new(Shape);
    private static readonly MemoryModel Small = new(Shape, new() { Loss = LossKernel.InPlace, FusedNorms = true, FusedActivation = true });

    /// <summary>Tables of t with 4 degrees of freedom: 1.533206 leaves 0.1 above it, 2.131847 leaves 0.05, 3.746947 leaves 0.01.</summary>
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1.533206, 0.9)]
    [InlineData(-2.131847, 0.05)]
    [InlineData(3.746947, 0.99)]
    public void The_probability_is_that_of_a_heavy_tailed_logarithm(double deviations, double probability)
    {
        var bytes = Peak(Large) * Math.Exp(0.2 * deviations);
        Assert.Equal(probability, new PeakOutlook(Large, 0.2).FitsProbability(Setup, bytes), 1e-5);
    }

    /// <summary>The 90th percentile of t with 4 degrees of freedom is 1.533206.</summary>
    [Fact]
    public void A_setup_must_fit_with_the_asked_confidence()
    {
        var outlook = new PeakOutlook(Large, 0.2);
        var needed = Peak(Large) * Math.Exp(1.533206 * 0.2);
        Assert.Equal(needed, outlook.Needed(Setup, new(1, 0.9)), needed * 1e-6);
        Assert.True(outlook.Fits(Setup, new(needed * 1.001, 0.9)));
        Assert.False(outlook.Fits(Setup, new(needed * 0.999, 0.9)));
    }

    [Fact]
    public void An_unknown_stack_is_a_mixture()
    {
        var outlook = new PeakOutlook(Large, 0.2, [new("small", 0.75), new("large", 0.25)], [Small, Large]);
        var bytes = Math.Sqrt(Peak(Small) * Peak(Large));
        var each = Math.Log(Peak(Large) / Peak(Small)) / 2 / 0.2;
        var (below, above) = (new PeakOutlook(Small, 0.2).FitsProbability(Setup, bytes),
            new PeakOutlook(Large, 0.2).FitsProbability(Setup, bytes));
        Assert.True(each > 0.1);
        Assert.Equal(1, below + above, 1e-9);
        Assert.Equal(0.75 * below + 0.25 * above, outlook.FitsProbability(Setup, bytes), 1e-9);
    }

    /// <summary>Bytes needed are those at which the probability is the confidence, and "fits" changes there.</summary>
    [Theory]
    [InlineData(0.9)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public void Probability_need_and_verdict_agree(double confidence)
    {
        var outlook = new PeakOutlook(Large, 0.2, [new("small", 0.75), new("large", 0.25)], [Small, Large]);
        var needed = outlook.Needed(Setup, new(1, confidence));
        Assert.Equal(confidence, outlook.FitsProbability(Setup, needed), 1e-6);
        Assert.True(outlook.Fits(Setup, new(needed * 1.0001, confidence)));
        Assert.False(outlook.Fits(Setup, new(needed * 0.9999, confidence)));
        Assert.True(outlook.NeedsAtLeast(Setup, new(1, confidence), needed * 0.9999));
        Assert.False(outlook.NeedsAtLeast(Setup, new(1, confidence), needed * 1.0001));
        Assert.False(outlook.NeedsAtLeast(Setup, new(1, confidence), double.PositiveInfinity));
    }

    [Fact]
    public void Asking_allocates_nothing()
    {
        var outlook = new PeakOutlook(Large, 0.2, [new("small", 0.75), new("large", 0.25)], [Small, Large]);
        var limit = new MemoryLimit(Peak(Large), 0.9);
        var sum = outlook.Needed(Setup, limit) + outlook.FitsProbability(Setup, 1e9);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 1; i <= 100; i++)
            sum += outlook.Needed(Setup, limit) + outlook.FitsProbability(Setup, i * 1e9) + (outlook.Fits(Setup, limit) ? 1 : 0);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(sum > 0);
    }

    [Theory]
    [InlineData(0.91, FitVerdict.Yes)]
    [InlineData(0.9, FitVerdict.Likely)]
    [InlineData(0.51, FitVerdict.Likely)]
    [InlineData(0.5, FitVerdict.Unlikely)]
    [InlineData(0.11, FitVerdict.Unlikely)]
    [InlineData(0.09, FitVerdict.No)]
    public void A_probability_in_a_word(double probability, FitVerdict verdict) => Assert.Equal(verdict, FitVerdicts.Of(probability));

    private static double Peak(MemoryModel model) => model.Predict(Setup).Total.Count;
}
