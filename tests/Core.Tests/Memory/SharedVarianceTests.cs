using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Memory.Fitting;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;
using SlmPlanner.Tests.Models;

namespace SlmPlanner.Tests.Memory;

/// <summary>What the errors of a publication's runs have in common, by hand.</summary>
public sealed class SharedVarianceTests
{
    private static readonly TransformerShape Shape = ShippedModels.Catalog.Find("gpt2");
    private static readonly TrainingSetup Setup = new(
        1024, 8, 1, Layout.OneDevice, Precision.Bf16Mixed, AttentionKind.Flash, Recomputation.None, Compile: false);

    private static readonly MemoryModel Model = new(Shape);

    /// <summary>
    /// Errors ±0.1 within a publication: variance 0.02, mean square 0.01, nothing in common. Errors 0.2, 0.4: 0.02 of 0.1 is their own.
    /// </summary>
    [Theory]
    [InlineData(0.1, -0.1, 0)]
    [InlineData(0.2, 0.4, 0.8)]
    [InlineData(0.3, 0.3, 0.95)]
    public void It_is_one_less_the_variance_within(double one, double other, double share) =>
        Assert.Equal(share, SharedVariance.Of([Row("a", one), Row("a", other), Row("single", 0.5)]), 1e-9);

    [Fact]
    public void Single_peaks_tell_nothing() => Assert.Equal(0, SharedVariance.Of([Row("a", 0.3), Row("b", 0.3)]));

    private static LeftOutPeak Row(string source, double logError)
    {
        var bytes = Model.Predict(Setup).Total.Count * Math.Exp(logError);
        var seen = new PeakObservation("row", source, null, Shape, [(1, Setup)], 80e9, bytes, MemoryKind.Device, true);
        return new(seen, 1, new(new(Model, 0.1), seen.Ways, seen.DeviceBytes, 0));
    }
}
