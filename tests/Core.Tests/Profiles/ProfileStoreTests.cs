using SlmPlanner.Core;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Tests.Profiles;

public sealed class ProfileStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_later_layer_replaces_a_device_and_adds_another()
    {
        _folder.Write("devices/l4.json", Device("L4", 23));
        _folder.Write("devices/mine.json", Device("MyChip", 7));
        var store = ProfileStore.Open(Repository.Profiles, _folder.Path);
        Assert.Equal(23, store.Devices.Find("L4").MemoryGib);
        Assert.Equal(7, store.Devices.Find("my chip").MemoryGib);
        Assert.Equal(48, store.Devices.Find("L40").MemoryGib);
    }

    [Fact]
    public void A_calibrated_machine_becomes_a_device()
    {
        _folder.Write("profile.json", """{ "schema_version": 1, "device": { "name": "cpu-two-cores", "memory_gib": 23.5, "fp32_tflops": 0.1 }, "coefficients": [1, 2] }""");
        var device = ProfileStore.Open(Repository.Profiles, _folder.Path).Devices.Find("CPU-two-cores");
        Assert.Equal(23.5, device.MemoryGib);
        Assert.Null(device.Bf16Tflops);
    }

    [Fact]
    public void A_device_file_without_an_architecture_is_a_datasheet()
    {
        _folder.Write("devices/mine.json", Device("MyChip", 7));
        var device = ProfileStore.Open(Repository.Profiles, _folder.Path).Devices.Find("MyChip");
        Assert.Equal((null, Evidence.Datasheet), (device.Architecture, device.Evidence));
    }

    [Theory]
    [InlineData("A100", true)]
    [InlineData("RTX5090", true)]
    [InlineData("MI250X", true)]
    [InlineData("V100", false)]
    [InlineData("T4", false)]
    public void The_architecture_says_whether_there_is_a_fused_attention_kernel(string name, bool has) =>
        Assert.Equal(has, ProfileStore.Open(Repository.Profiles).Devices.Find(name).HasFlashAttention());

    [Theory]
    [InlineData("""{ "schema_version": 1, "name": "X", "memory_gb": 1 }""", "memory_gb")]
    [InlineData("""{ "schema_version": 1, "name": "X" }""", "memory_gib")]
    [InlineData("""{ "schema_version": 1, "name": "X", "name": "Y" }""", "name")]
    [InlineData("""{ "schema_version": 9, "name": "X", "memory_gib": { "value": 4, "source": ["GH"], "date": "2026-01-01", "kind": "datasheet" } }""", "schema_version is 9, this program reads 1")]
    [InlineData("""{ "schema_version": 1, "name": null }""", "$.name")]
    [InlineData("""{ "schema_version": 1,""", "line 1")]
    [InlineData("""{ "schema_version": 1, "name": "X", "memory_gib": { "value": -4, "source": ["GH"], "date": "2026-01-01", "kind": "datasheet" } }""", "$.memory_gib.value: -4")]
    [InlineData("""{ "schema_version": 1, "name": "X", "memory_gib": { "value": 4, "source": ["ME"], "date": "2026-01-01", "kind": "datasheet" } }""", "'ME' is not in sources.json")]
    public void A_faulty_device_file_is_named_with_its_field(string json, string part)
    {
        var path = _folder.Write("devices/x.json", json);
        var message = Assert.Throws<InputException>(() => ProfileStore.Open(Repository.Profiles, _folder.Path).Devices).Message;
        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.Contains(part, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_is_refused() =>
        Assert.Contains("/no/such", Assert.Throws<InputException>(() => ProfileStore.Open("/no/such")).Message, StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    private static string Device(string name, double memoryGib) => FormattableString.Invariant(
        $$"""{ "schema_version": 1, "name": "{{name}}", "memory_gib": { "value": {{memoryGib}}, "source": ["GH"], "date": "2026-01-01", "kind": "datasheet" } }""");
}
