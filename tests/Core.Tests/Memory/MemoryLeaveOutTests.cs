using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Memory.Components;
using SlmPlanner.Core.Memory.Fitting;
using SlmPlanner.Core.Training;
using SlmPlanner.Tests.Time;

namespace SlmPlanner.Tests.Memory;

/// <summary>
/// Three publications of three peaks each, made by the model with documented constants and off by a factor of each: 1, 1.3 and 0.9.
/// </summary>
public sealed class MemoryLeaveOutTests
{
    private static readonly SoftwareStackCatalog Stacks = new([new("known", ["known"], null, MemoryTraits.Unknown)], []);

    private readonly MemoryFitReport _report = new MemoryLeaveOut(Stacks).Run(
        [.. Published("exact", 1), .. Published("high", 1.3), .. Published("low", 0.9)]);

    /// <summary>
    /// Each publication is predicted by the others: exact ones within what those are off, high ones too low. All three are of the known
    /// stack, gated by none, on one device.
    /// </summary>
    [Fact]
    public void Every_publication_is_predicted_without_itself()
    {
        Assert.Equal(9, _report.Rows.Count);
        Assert.All(_report.Rows.Where(row => row.Source == "high"),
            row => Assert.InRange(row.PredictedBytes / row.MeasuredBytes!.Value, 0.7, 0.95));
        Assert.All(_report.Rows.Where(row => row.Source == "exact"),
            row => Assert.InRange(row.PredictedBytes / row.MeasuredBytes!.Value, 0.85, 1.2));
        var kind = Assert.Single(_report.Fitted.Mixture);
        Assert.Equal(("known", 1.0, 1.0, 0.0), (kind.Stack, kind.Weight, Math.Round(kind.OneDevice, 9), kind.FullySharded));
    }

    /// <summary>
    /// The first of three peaks learned leaves two of each of three stacks, which are then nearer; three learned leave none.
    /// </summary>
    [Fact]
    public void First_peaks_bring_the_others_nearer()
    {
        foreach (var question in (string[])["stack named", "stack not named"])
        {
            var one = _report.Learned.Single(line => line.Question == question && line.Learned == 1);
            Assert.Equal((3, 6), (one.Stacks, one.Peaks));
            Assert.InRange(one.MeanError, 0, 0.7 * one.MeanErrorWithout);
            Assert.InRange(one.MeanErrorWithout, 0.08, 0.25);
            Assert.Equal(1, one.Coverage);
            Assert.Equal((0, 0), _report.Learned.Single(line => line.Question == question && line.Learned == 3) is var three
                ? (three.Stacks, three.Peaks) : default);
        }
    }

    private static IEnumerable<PeakObservation> Published(string source, double factor)
    {
        var model = new MemoryModel(ExampleSetups.Shape);
        foreach (var microBatch in (int[])[4, 8, 16])
        {
            var setup = ExampleSetups.Setup with { MicroBatch = microBatch };
            yield return new($"{source}-{microBatch}", source, "known", ExampleSetups.Shape, [(1, setup)], 200e9,
                factor * model.Predict(setup).Total.Count, MemoryKind.Device, true);
        }
    }
}
