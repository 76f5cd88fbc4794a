using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;
using SlmPlanner.Tests.Models;

namespace SlmPlanner.Tests.Memory;

/// <summary>What a row's peak may be, by hand.</summary>
public sealed class PeakPossibilitiesTests
{
    private static readonly TransformerShape Shape = ShippedModels.Catalog.Find("gpt2");
    private static readonly TrainingSetup Kept = new(
        1024, 8, 1, Layout.OneDevice, Precision.Bf16Mixed, AttentionKind.Flash, Recomputation.None, Compile: false);
    private static readonly TrainingSetup Recomputed = Kept with { Recomputation = Recomputation.Full };

    private static readonly MemoryModel Model = new(Shape);

    [Fact]
    public void The_median_is_that_of_the_likelier_way()
    {
        var possible = new PeakPossibilities(new(Model, 0.1), [(0.7, Kept), (0.3, Recomputed)], 1e12, 0);
        Assert.Equal(Peak(Kept), possible.Median(MemoryKind.Device));
        Assert.Equal(Model.Predict(Kept).Of(MemoryKind.Allocated).Count, possible.Median(MemoryKind.Allocated));
    }

    /// <summary>A device that only the less likely way fits: with certain predictions and runs that run, it was that way.</summary>
    [Theory]
    [InlineData(0, 0.3)]
    [InlineData(0.5, 0.3 / (0.3 + 0.35))]
    [InlineData(1, 1)]
    public void Open_fields_lean_to_what_runs(double runnable, double fits)
    {
        var between = (Peak(Kept) + Peak(Recomputed)) / 2;
        var possible = new PeakPossibilities(new(Model, 0), [(0.7, Kept), (0.3, Recomputed)], between, runnable);
        Assert.Equal(fits, possible.FitsProbability(between), 1e-9);
    }

    /// <summary>Kinds of stack weigh 0.6 and 0.4; of the first two thirds, of the second one third use one device.</summary>
    [Fact]
    public void What_is_stated_moves_the_weights()
    {
        var small = new MemoryModel(Shape, new() { Loss = LossKernel.FusedLinear });
        var outlook = new PeakOutlook(
            Model, 0, [new("large", 0.6, OneDevice: 2.0 / 3), new("small", 0.4, OneDevice: 1.0 / 3)], [Model, small]);
        var between = (Peak(Kept) + small.Predict(Kept).Total.Count) / 2;
        Assert.Equal(0.4 / 3 / ((0.4 / 3) + 0.4), outlook.FitsProbability(Kept, between), 1e-9);
    }

    private static double Peak(TrainingSetup setup) => Model.Predict(setup).Total.Count;
}
