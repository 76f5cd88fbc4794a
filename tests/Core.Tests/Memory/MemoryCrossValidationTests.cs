using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Tests.Models;

namespace SlmPlanner.Tests.Memory;

/// <summary>The error of the memory model on groups of rows that its constants were not fitted to.</summary>
public sealed class MemoryCrossValidationTests(ITestOutputHelper output)
{
    private static readonly SoftwareStackCatalog Stacks = ProfileStore.Open(ShippedModels.Profiles).Stacks;
    private static readonly IReadOnlyList<MeasuredPeak> Rows =
        MeasuredPeak.ReadAll(Path.Combine(ShippedModels.Profiles, "validation", "measured.csv"), Stacks);

    private static readonly IReadOnlyList<MeasuredPeak> Reported = [.. Rows.Where(row => row is { PeakGib: not null, Outlier: false })];
    private static readonly MemoryFit Fit = new(Stacks, [.. Ran()]);

    [Theory]
    [InlineData("stack")]
    [InlineData("source")]
    [InlineData("model")]
    public void Unseen_groups_are_predicted_within_six_per_cent(string groups)
    {
        Func<MeasuredPeak, string> key = groups switch
        {
            "stack" => row => row.Stack,
            "source" => row => row.Source,
            _ => row => row.Shape.Name,
        };
        var errors = Ratios(key).Select(ratio => Math.Abs(ratio - 1)).Order().ToList();
        output.WriteLine($"leaving out a {groups}: mean {errors.Average():P2}, median {errors[errors.Count / 2]:P2}, {errors.Count} rows");
        Assert.InRange(errors.Average(), 0, 0.06);
    }

    [Fact]
    public void The_shipped_constants_are_what_the_fit_gives()
    {
        var (fitted, shipped) = (Fit.Fit(Reported), MemoryConstants.Fitted);
        output.WriteLine(fitted.ToString());
        var apart = Reported.Max(row => Math.Abs(Math.Log(Fit.Predict(row, fitted) / Fit.Predict(row, shipped))));
        Assert.InRange(apart, 0, 0.01);
    }

    [Fact]
    public void The_stated_spread_is_that_of_stacks_left_out()
    {
        var spread = Math.Sqrt(Ratios(row => row.Stack).Average(ratio => Math.Log(ratio) * Math.Log(ratio)));
        output.WriteLine($"spread {spread:F4}");
        Assert.InRange(MemoryConstants.LogSpread, spread, spread * 1.1);
    }

    /// <summary>Predicted over measured peak of each row, by constants fitted without the row's group.</summary>
    private static IEnumerable<double> Ratios(Func<MeasuredPeak, string> key) => Reported.GroupBy(key).SelectMany(group =>
    {
        var constants = Fit.Fit([.. Reported.Except(group)]);
        return group.Select(row => Fit.Predict(row, constants) / row.PeakGib!.Value);
    });

    private static IEnumerable<(MeasuredPeak Row, double DeviceGib)> Ran()
    {
        var devices = ProfileStore.Open(ShippedModels.Profiles).Devices;
        foreach (var row in Rows.Where(row => row.PeakGib is null))
        {
            if (devices.TryFind(row.Gpu, null, out var device))
                yield return (row, device.MemoryGib);
        }
    }
}
