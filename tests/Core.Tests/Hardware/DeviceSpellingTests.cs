using SlmPlanner.Core.Hardware;
using SlmPlanner.Data.Csv;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Tests.Hardware;

public sealed class DeviceSpellingTests
{
    private static readonly DeviceCatalog Devices = ProfileStore.Open(Repository.Profiles).Devices;

    [Theory]
    [InlineData("NVIDIA H100 80GB HBM3", "H100-SXM")]
    [InlineData("nvidia-a100-sxm4-80gb", "A100-80GB-SXM")]
    [InlineData("nvidia-a100-sxm4-40gb", "A100-40GB-SXM")]
    [InlineData("Tesla V100-SXM2-16GB", "V100-16GB")]
    [InlineData("NVIDIA Tesla V100 SXM2 32GB", "V100-32GB")]
    [InlineData("NVIDIA GeForce RTX 3090", "RTX3090")]
    [InlineData("NVIDIA RTX3090 24GB", "RTX3090")]
    [InlineData("NVIDIA A100 PCIe 80GB", "A100-80GB-PCIe")]
    [InlineData("nvidia_h200_141gb_hbm3e", "H200")]
    [InlineData("NVIDIA Tesla T4 16GB", "T4")]
    [InlineData("NVIDIA L40S 48GB PCIe", "L40S")]
    [InlineData("AMD MI300X 192GB OAM", "MI300X")]
    [InlineData("NVIDIA H100 SXM5 80GB", "H100-SXM")]
    [InlineData("Quadro RTX 8000 48GB", "RTX8000")]
    [InlineData("NVIDIA GeForce RTX 3070 Laptop GPU", "RTX3070-Laptop")]
    [InlineData("RTX 4050 Laptop", "RTX4050-Laptop")]
    [InlineData("NVIDIA GeForce RTX 3080 Ti", "RTX3080Ti")]
    [InlineData("Quadro RTX 6000", "RTX6000-Turing")]
    [InlineData("NVIDIA TITAN X (Pascal)", "TITANX-Pascal")]
    [InlineData("GeForce GTX TITAN X", "TITANX-Maxwell")]
    [InlineData("NVIDIA A800-SXM4-80GB", "A800-80GB-SXM")]
    [InlineData("NVIDIA H800 80GB", "H800-SXM")]
    [InlineData("H100-SXM5-96GB", "H100-SXM-96GB")]
    [InlineData("H100 SXM5 94GB", "H100-SXM-94GB")]
    [InlineData("Intel Gaudi 3", "Gaudi3")]
    [InlineData("AMD Instinct MI355X", "MI355X")]
    [InlineData("H100 94GB", "H100-NVL")]
    [InlineData("3090", "RTX3090")]
    [InlineData("3080 Ti", "RTX3080Ti")]
    [InlineData("4090 24GB", "RTX4090")]
    [InlineData("RTX 4090D", "RTX4090D")]
    [InlineData("A100-SXM-64GB", "A100-64GB-SXM")]
    [InlineData("NVIDIA A30", "A30")]
    [InlineData("AMD Instinct MI250", "MI250")]
    [InlineData("TPUv4", "TPU-v4")]
    [InlineData("TPU v5e", "TPU-v5e")]
    [InlineData("trn1", "Trainium1")]
    [InlineData("AMD Radeon RX 7900 XTX", "RX7900XTX")]
    public void Brands_memory_and_form_are_taken_off_a_name(string spelling, string device) =>
        Assert.Equal(device, Devices.Find(spelling).Name);

    /// <summary>A part of a name, another card of the name, a memory or form that the device does not have, a slice of a device.</summary>
    [Theory]
    [InlineData("NVIDIA A")]
    [InlineData("H100-120GB")]
    [InlineData("NVIDIA H200 80GB")]
    [InlineData("NVIDIA L4 SXM4")]
    [InlineData("NVIDIA RTX 3080 12GB")]
    [InlineData("NVIDIA GeForce RTX 3080 Ti 20GB")]
    [InlineData("NVIDIA GeForce RTX 2070 Laptop GPU")]
    [InlineData("Quadro RTX 4000")]
    [InlineData("TITAN Z")]
    [InlineData("RTX 6000")]
    [InlineData("A100 64GB PCIe")]
    [InlineData("NVIDIA A100-SXM4-40GB MIG 1g.5gb")]
    [InlineData("NVIDIA A800-SXM4-40GB")]
    [InlineData("80GB")]
    [InlineData("NVIDIA")]
    public void What_is_not_wholly_known_is_refused(string spelling) =>
        Assert.Null(Devices.TryFind(spelling, null, out var device) ? device.Name : null);

    /// <summary>Turing's and Ada's card have one name between them; what has no file can be described.</summary>
    [Fact]
    public void An_unknown_device_is_answered_with_names_and_with_the_way_to_describe_one()
    {
        var message = Devices.Unknown("RTX 6000");
        Assert.Contains("did you mean RTX6000-Ada, RTX6000-Turing", message, StringComparison.Ordinal);
        Assert.Contains("--device \"name=…,bf16_tflops=…,bandwidth_gb_s=…,memory_gib=…\"", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("validation/measured.csv")]
    [InlineData("offers/snapshot.csv")]
    public void Every_device_of_the_shipped_tables_is_known(string file)
    {
        using var rows = CsvRows.Open(Path.Combine(Repository.Profiles, file));
        var column = rows.Columns.ToList().IndexOf("gpu");
        var names = new HashSet<string>();
        while (rows.Next())
            names.Add(rows.Text(column).ToString());
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.True(Devices.TryFind(name, null, out _), name));
    }

    [Fact]
    public void A_stated_memory_still_decides_between_variants()
    {
        Assert.Equal("A100-80GB-SXM", Devices.Find("NVIDIA A100", 79.2).Name);
        Assert.Equal("A100-40GB-SXM", Devices.Find("NVIDIA A100", 40).Name);
    }
}
