using SlmPlanner.Core.Units;
using SlmPlanner.Core;
using SlmPlanner.Data.Csv;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Tests.Profiles;

public sealed class ShippedDevicesTests
{
    private static readonly ProfileStore Store = ProfileStore.Open(Repository.Profiles);

    [Fact]
    public void Every_device_file_is_named_as_its_device() => Assert.All(
        Store.Files("devices", "*.json").Select(Path.GetFileNameWithoutExtension).Where(name => name != "aliases"),
        name => Assert.Contains(Store.DeviceFiles.Keys, device => string.Equals(device, name, StringComparison.OrdinalIgnoreCase)));

    [Fact]
    public void Every_number_has_a_source_and_a_date()
    {
        var facts = Store.DeviceFiles.Values.SelectMany(file => file.Facts()).ToList();
        Assert.True(facts.Count > 300);
        Assert.All(facts, fact => Assert.All(fact.Number.Source, source => Assert.Contains(source, Store.Sources)));
        Assert.All(facts, fact => Assert.InRange(fact.Number.Date!.Value, new DateOnly(2020, 1, 1), new DateOnly(2100, 1, 1)));
    }

    [Fact]
    public void A_number_that_was_recalled_says_so() => Assert.All(
        Store.DeviceFiles.Values.SelectMany(file => file.Facts()),
        fact => Assert.Equal(fact.Number.Source.Contains("VENDOR"), fact.Number.Kind == SourceKind.Recalled));

    [Fact]
    public void Matrix_peaks_keep_the_ratios_of_the_hardware() => Assert.All(Store.Devices.Devices, device =>
    {
        // Intel states one rate for both formats of Gaudi 3, AWS 1,299 beside 667 for Trainium2.
        if (device is { Bf16Tflops: { } bf16, Fp8Tflops: { } fp8, Architecture: not ("Gaudi3" or "Trainium") })
            Assert.InRange(fp8 / bf16, 1.95, 2.06);
        if (device is { Bf16Tflops: { } half, Tf32Tflops: { } tf32 })
            Assert.InRange(half / tf32, 1.95, 2.06);
    });

    [Theory]
    [InlineData("H100", "H100-SXM")]
    [InlineData("H100-80GB-SXM", "H100-SXM")]
    [InlineData("h100_80gb_pcie", "H100-PCIe")]
    [InlineData("A100-80GB", "A100-80GB-SXM")]
    [InlineData("RTX 3090 Ti", "RTX3090Ti")]
    [InlineData("RTX-6000-Ada", "RTX6000-Ada")]
    [InlineData("RTX-A6000", "RTXA6000")]
    [InlineData("H100-MEGA", "H100-SXM")]
    [InlineData("NVIDIA A100-SXM4-80GB", "A100-80GB-SXM")]
    public void A_spelling_finds_its_device(string spelling, string device) =>
        Assert.Equal(device, Store.Devices.Find(spelling).Name);

    [Fact]
    public void Every_device_of_the_measured_rows_is_known()
    {
        using var rows = CsvRows.Open(Path.Combine(Repository.Profiles, "validation", "measured.csv"));
        var gpu = rows.Required("gpu");
        var count = 0;
        for (; rows.Next(); count++)
            Assert.NotNull(Store.Devices.Find(rows.Text(gpu)));
        Assert.True(count > 500);
    }

    [Theory]
    [InlineData(40.0, "A100-40GB-SXM")]
    [InlineData(79.6, "A100-80GB-SXM")]
    [InlineData(null, "A100-40GB-SXM")]
    public void Memory_decides_between_variants(double? memoryGib, string device) =>
        Assert.Equal(device, Store.Devices.Find("A100", memoryGib).Name);

    [Theory]
    [InlineData("L4S")]
    [InlineData("RTX A40")]
    [InlineData("A100-80GB-SXM and more")]
    public void Part_of_a_name_is_no_match(string spelling)
    {
        var message = Assert.Throws<InputException>(() => Store.Devices.Find(spelling)).Message;
        Assert.Contains($"unknown GPU '{spelling}'; did you mean", message, StringComparison.Ordinal);
    }
}
