using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Tests.Models;

namespace SlmPlanner.Tests.Memory;

/// <summary>The memory model against every published row that it can be put to.</summary>
public sealed class MeasuredPeakTests
{
    private static readonly SoftwareStackCatalog Stacks = ProfileStore.Open(ShippedModels.Profiles).Stacks;
    private static readonly IReadOnlyList<MeasuredPeak> Rows =
        MeasuredPeak.ReadAll(Path.Combine(ShippedModels.Profiles, "validation", "measured.csv"), Stacks);

    [Fact]
    public void Reported_peaks_are_predicted_within_six_per_cent_on_average()
    {
        var errors = Rows.Where(row => row is { PeakGib: not null, Outlier: false })
            .Select(row => Math.Abs(Gib(row) / row.PeakGib!.Value - 1)).ToList();
        Assert.Equal(99, errors.Count);
        Assert.InRange(errors.Average(), 0, 0.06);
    }

    [Fact]
    public void Every_row_that_ran_fits_its_device_but_for_two_that_the_data_call_outliers()
    {
        var devices = ProfileStore.Open(ShippedModels.Profiles).Devices;
        var judged = Rows.Select(row => (row, device: Device(devices, row))).Where(pair => pair.device is not null).ToList();
        var refused = judged.Where(pair => Gib(pair.row) > pair.device!.MemoryGib).Select(pair => pair.row).ToList();
        Assert.InRange(judged.Count, 400, 562);
        Assert.All(refused, row => Assert.True(row.Outlier, $"{row.Id}: {Gib(row):F1} GiB on {row.Gpu}"));
        Assert.InRange(refused.Count, 0, 2);
    }

    /// <summary>Its authors chose the largest micro-batch that ran, by powers and steps of their own; twice that should mostly not fit.</summary>
    [Fact]
    public void Twice_the_micro_batch_of_llm_foundry_mostly_does_not_fit()
    {
        var devices = ProfileStore.Open(ShippedModels.Profiles).Devices;
        var rows = Rows.Where(row => row.Stack == "llm-foundry").ToList();
        var refused = rows.Count(row => Gib(row with { Setup = row.Setup with { MicroBatch = 2 * row.Setup.MicroBatch } }) > Device(devices, row)!.MemoryGib);
        Assert.InRange(refused / (double)rows.Count, 0.6, 1);
    }

    private static double Gib(MeasuredPeak row) => new MemoryModel(row.Shape, Stacks.Find(row.Stack).Memory).Predict(row.Setup).Total.GiB;

    private static Accelerator? Device(DeviceCatalog devices, MeasuredPeak row) =>
        devices.TryFind(row.Gpu, null, out var device) ? device : null;
}
