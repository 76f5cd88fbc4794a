using SlmPlanner.Core;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Tests.Profiles;

public sealed class CalibratedMachineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_calibrated_gpu_that_is_known_is_planned_with_its_own_fit_and_rates()
    {
        Add("run", "NVIDIA H100 80GB HBM3", bandwidth: 2900, bf16: 700, tag: null);
        var store = Open();
        var device = store.Devices.Find("H100");
        Assert.Equal(("H100-SXM", Evidence.Calibrated), (device.Name, device.Evidence));
        Assert.Equal((2900.0, 700.0, 80.0, 900.0), (device.MemoryBandwidthGbS, device.Bf16Tflops, device.MemoryGib, device.NvlinkGbS));
        Assert.Equal(device, store.Devices.Find($"H100-SXM #{Assert.Single(store.Machines).Tag}"));
        var performance = PerformanceFiles.Read(store);
        Assert.NotSame(performance.Published, performance.For(device));
        Assert.Same(performance.Published, performance.For(store.Datasheets.Find("H100")));
        Assert.Equal(Evidence.Datasheet, store.Datasheets.Find("NVIDIA H100 80GB HBM3").Evidence);
    }

    [Fact]
    public void Two_machines_of_one_kind_are_two_devices()
    {
        Add("one", "Xeon-2t", bandwidth: 20, bf16: 1, tag: "a1b2c3");
        Add("two", "Xeon-2t", bandwidth: 30, bf16: 2, tag: "d4e5f6");
        var store = Open();
        Assert.Equal(20, store.Devices.Find("Xeon-2t #a1b2c3").MemoryBandwidthGbS);
        Assert.Equal(30, store.Devices.Find("xeon-2t#d4e5f6").MemoryBandwidthGbS);
        var message = Assert.Throws<InputException>(() => store.Devices.Find("Xeon-2t")).Message;
        Assert.Contains("name one of Xeon-2t #a1b2c3, Xeon-2t #d4e5f6", message, StringComparison.Ordinal);
        var performance = PerformanceFiles.Read(store);
        Assert.NotSame(performance.For(store.Devices.Find("Xeon-2t #a1b2c3")), performance.For(store.Devices.Find("Xeon-2t #d4e5f6")));
    }

    [Fact]
    public void The_name_of_a_gpu_with_two_calibrated_machines_means_its_datasheet()
    {
        Add("one", "NVIDIA L4", bandwidth: 250, bf16: 90, tag: "a1b2c3");
        Add("two", "L4", bandwidth: 260, bf16: 95, tag: "d4e5f6");
        var store = Open();
        Assert.Equal(Evidence.Datasheet, store.Devices.Find("L4").Evidence);
        Assert.Equal((260.0, "L4"), (store.Devices.Find("L4 #d4e5f6").MemoryBandwidthGbS, store.Devices.Find("L4 #d4e5f6").Kind));
        Assert.Equal(2, store.Machines.Count);
    }

    [Fact]
    public void Of_two_profiles_of_one_machine_the_later_counts_and_a_lone_machine_needs_no_tag()
    {
        Add("one", "Xeon-2t", bandwidth: 20, bf16: 1, tag: "a1b2c3");
        Add("two", "Xeon-2t", bandwidth: 30, bf16: 2, tag: "a1b2c3");
        Assert.Equal(("Xeon-2t", 30.0), (Open().Devices.Find("Xeon-2t").Name, Open().Devices.Find("Xeon-2t").MemoryBandwidthGbS));
    }

    [Fact]
    public void First_profiles_name_no_machine_and_are_told_apart_by_their_contents()
    {
        Add("one", "Xeon-2t", bandwidth: 20, bf16: 1, tag: null);
        Add("two", "Xeon-2t", bandwidth: 30, bf16: 2, tag: null);
        Assert.Equal([20.0, 30.0], Open().Machines.Select(machine => machine.Device.MemoryBandwidthGbS!.Value).Order());
        Assert.All(Open().Machines, machine => Assert.Matches("^Xeon-2t #[0-9a-f]{6}$", machine.Device.Name));
    }

    [Fact]
    public void A_profile_keeps_its_machine_and_what_a_later_program_says_of_repeatability()
    {
        var first = FitFile.Read(Version1.File("profile.json"));
        Assert.Null(first.Machine);
        var machine = new MachineIdentity("", "Xeon", 2, 8, [new("NVIDIA L4", "0000:1b:00.0", "0123")], "535.104.05", "4567", "aws",
            "g6.xlarge", "us-east-1").Fingerprinted();
        using var repeated = System.Text.Json.JsonDocument.Parse("""{"log_spread": 0.01}""");
        var path = _folder.Write("again.json", (first
            with { SchemaVersion = FitFile.CurrentVersion, Machine = machine, Repeatability = repeated.RootElement }).ToJson());
        var read = FitFile.Read(path);
        Assert.Equal(machine with { Devices = [] }, read.Machine! with { Devices = [] });
        Assert.Equal(machine.Devices, read.Machine.Devices);
        Assert.Equal(0.01, read.Repeatability!.Value.GetProperty("log_spread").GetDouble());
        Assert.DoesNotContain("\"evidence\"", File.ReadAllText(path), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private ProfileStore Open() => ProfileStore.Open(Repository.Profiles, _folder.Path);

    /// <summary>The fixture of the first version with another device and, where a tag is given, as the second version has it.</summary>
    private void Add(string folder, string name, double bandwidth, double bf16, string? tag)
    {
        var text = File.ReadAllText(Version1.File("profile.json"));
        var device = text.LastIndexOf("\"device\":", StringComparison.Ordinal);
        var machine = tag is null ? "" : $$""", "machine": { "fingerprint": "{{tag}}0000000000", "processor": "Xeon", "logical_processors": 2, "memory_gib": 8, "devices": [] }""";
        var head = tag is null ? text[..device] : text[..device]
            .Replace("\"schema_version\":1", "\"schema_version\":2", StringComparison.Ordinal);
        _folder.Write($"{folder}/profile.json", FormattableString.Invariant(
            $$"""{{head}}"device": { "name": "{{name}}", "memory_gib": 8, "memory_bandwidth_gb_s": {{bandwidth}}, "bf16_tflops": {{bf16}} }{{machine}} }"""));
    }
}
