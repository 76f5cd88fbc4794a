using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Data.Catalogs;

namespace SlmPlanner.Tests.Catalogs;

/// <summary>Rows as they stand in SkyPilot's catalogs, one for each trap of the format.</summary>
public sealed class SkypilotTests
{
    private const string Aws = "InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,GpuInfo,Price,SpotPrice,Region,AvailabilityZone\n";
    private const string Gcp = "InstanceType,vCPUs,MemoryGiB,AcceleratorName,AcceleratorCount,GpuInfo,Region,AvailabilityZone,Price,SpotPrice\n";
    private const string Vast = "InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,GpuInfo,Price,SpotPrice,Region\n";
    private const string Lambda = "InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,Price,Region,GpuInfo,SpotPrice\n";
    private const string Azure = "InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,GpuInfo,Generation,Price,SpotPrice,Region\n";

    [Fact]
    public void A_plain_row_becomes_an_offer_with_its_date_and_link()
    {
        var offer = Only("aws", Aws + "p5.48xlarge,H100,8.0,192.0,2048.0,\"{'Gpus': [{'Name': 'H100', 'Manufacturer': 'NVIDIA', "
            + "'Count': 8, 'MemoryInfo': {'SizeInMiB': 81559}}], 'TotalGpuMemoryInMiB': 652472}\",55.04,26.1,us-east-1,us-east-1a\n");
        Assert.Equal(("H100-SXM", 8, 55.04, 26.1, 3200.0),
            (offer.Gpu, offer.GpusPerNode, offer.OnDemandUsdPerHour!.Value, offer.SpotUsdPerHour!.Value,
                offer.Link!.InterNodeGbitS!.Value));
        Assert.Equal(new DateOnly(2026, 5, 20), offer.SeenUntil);
    }

    [Fact]
    public void Columns_are_read_by_name_whatever_their_order() =>
        Assert.Equal(2.29, Only("lambda", Lambda + "gpu_1x_gh200,GH200,1.0,64.0,432.0,2.29,us-east-1,\"{'Gpus': [{'Name': 'GH200', "
            + "'Count': 1.0, 'MemoryInfo': {'SizeInMiB': 98304}}], 'TotalGpuMemoryInMiB': 98304}\",\n").OnDemandUsdPerHour);

    [Fact]
    public void Machine_and_accelerator_in_rows_of_their_own_are_added_zone_by_zone()
    {
        var (import, skips) = CatalogFixture.Import(CatalogFormat.Skypilot, "gcp", Gcp
            + "a2-highgpu-1g,12.0,85.0,,,,us-central1,us-central1-a,0.73948,0.22182\n"
            + "a2-highgpu-1g,12.0,85.0,,,,us-central1,us-central1-b,0.73948,0.20000\n"
            + ",,,A100,1.0,A100,us-central1,us-central1-a,2.93391,1.58203\n"
            + ",,,A100,1.0,A100,us-central1,us-central1-b,2.93391,1.58203\n"
            + ",,,A100,1.0,A100,us-west9,us-west9-a,2.93391,1.58203\n"
            + "n2-standard-8,8.0,32.0,,,,us-central1,us-central1-a,0.388,0.1\n");
        var offer = Assert.Single(import.Offers);
        Assert.Equal(("a2-highgpu-1g", "A100-40GB-SXM", "us-central1", 12.0),
            (offer.InstanceType, offer.Gpu, offer.Region, offer.Vcpus!.Value));
        Assert.Equal(3.67339, offer.OnDemandUsdPerHour!.Value, 5);
        Assert.Equal(1.78203, offer.SpotUsdPerHour!.Value, 5);
        Assert.Equal("6: no priced machine in the zone carries it: 1 x A100 in us-west9-a", skips.Single());
        Assert.Equal(1, skips.WithoutGpu);
    }

    [Fact]
    public void A_machine_priced_at_zero_on_purpose_leaves_the_accelerator_its_price() =>
        Assert.Equal(88.5, Only("gcp", Gcp
            + "a4-highgpu-8g,224.0,3968.0,,,,us-east4,us-east4-b,0.0,0.0\n"
            + ",,,B200,8.0,B200,us-east4,us-east4-b,88.5,40\n").OnDemandUsdPerHour);

    [Fact]
    public void An_on_demand_price_below_spot_is_dropped_at_google()
    {
        var (import, _) = CatalogFixture.Import(CatalogFormat.Skypilot, "gcp", Gcp
            + "a2-ultragpu-1g,12.0,170.0,,,,us-central1,us-central1-a,0.1,0.05\n"
            + ",,,A100-80GB,1.0,A100-80GB,us-central1,us-central1-a,1.8462,1.964\n");
        var offer = Assert.Single(import.Offers);
        Assert.Null(offer.OnDemandUsdPerHour);
        Assert.Equal(2.014, offer.SpotUsdPerHour!.Value, 6);
        Assert.Contains(import.Findings, finding => finding.Id == "price-dropped");
    }

    [Fact]
    public void An_on_demand_price_far_below_other_regions_is_dropped_at_google()
    {
        var (import, _) = CatalogFixture.Import(CatalogFormat.Skypilot, "gcp", Gcp
            + "a3-highgpu-1g,26.0,234.0,,,,us-central1,us-central1-a,1.0,0.3\na3-highgpu-1g,26.0,234.0,,,,us-east4,us-east4-a,1.0,0.3\n"
            + ",,,H100,1.0,H100,us-central1,us-central1-a,4.20,2.0\n"
            + ",,,H100,1.0,H100,us-east4,us-east4-a,9.80,2.0\n");
        Assert.Equal([("us-central1", (double?)null), ("us-east4", 10.8)],
            import.Offers.Select(offer => (offer.Region, offer.OnDemandUsdPerHour)));
        Assert.Contains(import.Findings, finding => finding.Id == "local-disks-not-priced");
    }

    [Theory]
    [InlineData("\"{'Gpus': [{'Name': 'A100', 'Count': 2, 'MemoryInfo': {'SizeInMiB': 81920}}], 'TotalGpuMemoryInMiB': 81920}\"")]
    [InlineData("\"{\"\"Gpus\"\": [{\"\"Name\"\": \"\"A100\"\", \"\"Count\"\": 2, \"\"MemoryInfo\"\": {\"\"SizeInMiB\"\": 81920}}]}\"")]
    [InlineData("\"{'Gpus': [{'Name': 'A100', 'Manufacturer': null, 'Count': 2, 'MemoryInfo': {'SizeInMiB': 81920}}]}\"")]
    [InlineData("A100")]
    [InlineData("")]
    public void Every_writing_of_the_GPU_column_is_read(string info) =>
        Assert.Equal("A100-40GB-SXM", Only("vast",
            $"{Vast}2x-A100_SXM4-32-65536,A100,2,32,64.0,{info},1.49,0.00,\"Slovenia, SI, EU\"\n").Gpu);

    [Theory]
    [InlineData("vast", "2x-A100_SXM4-32-65536", "A100", 2, "163840", "A100-80GB-SXM")]
    [InlineData("vast", "1x-H100_NVL-32-65536", "H100", 1, "95830", "H100-NVL")]
    [InlineData("vast", "1x-A100_PCIE-32-65536", "A100", 1, "81920", "A100-80GB-PCIe")]
    [InlineData("runpod", "1x_A100-80GB_SECURE", "A100-80GB", 1, "80", "A100-80GB-SXM")]
    [InlineData("shadeform", "massedcompute_RTX6000Adax4", "RTX6000Ada", 4, "48", "RTX6000-Ada")]
    [InlineData("aws", "p4de.24xlarge", "A100-80GB", 8, "81920", "A100-80GB-SXM")]
    [InlineData("hyperstack", "n3-H100-SXM5x8", "H100-80G-SXM5", 8, "81920", "H100-SXM")]
    [InlineData("gcp", "a3-megagpu-8g", "H100-MEGA", 8, "81920", "H100-SXM")]
    [InlineData("azure", "Standard_NC40ads_H100_v5", "H100", 1, "81920", "H100-NVL")]
    [InlineData("lambda", "gpu_1x_h100_pcie", "H100", 1, "81920", "H100-PCIe")]
    [InlineData("azure", "Standard_NC24ads_A100_v4", "A100-80GB", 1, "81920", "A100-80GB-PCIe")]
    public void A_row_finds_its_device_by_name_memory_and_machine(string provider, string instance, string name, int count, string size,
        string device) =>
        Assert.Equal(device, Only(provider, FormattableString.Invariant($"{Vast}{instance},{name},{count},32,64.0,\"{{'MemoryInfo': {{'SizeInMiB': {size}}}}}\",9,0.00,r\n")).Gpu);

    [Theory]
    [InlineData("1x-RTX_4090-32-65536,RTX4090,1,32,64.0,\"{'SizeInMiB': 49140}\",0.40,0.00,r",
        "2: memory contradicts the GPU's name: RTX_4090 with 48 GiB, RTX4090 has 24")]
    [InlineData("2x-RTX_4070S_Ti-32-65536,RTX4070,2,32,64.0,\"{'SizeInMiB': 32752}\",0.36,0.00,r", "2: unknown GPU: RTX_4070S_Ti")]
    [InlineData("g6f.xlarge,L4,0.125,4,16,\"{'Count': 0}\",0.2,0.1,r", "2: part of a GPU: 0.125 x L4")]
    [InlineData("x,K80,1,4,16,,0.2,0.1,r", "2: unknown GPU: K80")]
    [InlineData("x,L4,1,4,16,,,,r", "2: no price: x")]
    [InlineData("x,L4,1,4,16,,abc,,r", "2: a number is malformed: x,L4,1,4,16,,abc,,r")]
    [InlineData("x,L4,1,4,16,,1", "2: wrong number of fields: 7, the header has 9")]
    [InlineData("x,L4,one,4,16,,1,,r", "2: a number is malformed: x,L4,one,4,16,,1,,r")]
    public void A_row_that_cannot_be_used_is_named_with_its_line_and_reason(string row, string skipped)
    {
        var (_, skips) = CatalogFixture.Import(CatalogFormat.Skypilot, "vast",
            $"{Vast}{row}\n1x-L40S-32-65536,L40S,1,32,64.0,,0.60,0.00,r\n");
        Assert.Equal(skipped, skips.Single());
    }

    [Theory]
    [InlineData("", "15.9942", null, 15.9942)]
    [InlineData("5.18", "0.00", 5.18, null)]
    [InlineData("5.18", "5.18", 5.18, null)]
    [InlineData("84.8", "", 84.8, null)]
    public void Blank_zero_and_equal_prices_mean_what_the_catalogs_mean(string price, string spot, double? onDemand, double? interruptible)
    {
        var offer = Only("vast", $"{Vast}m,H200,8,192,2048,,{price},{spot},r\n");
        Assert.Equal((onDemand, interruptible), (offer.OnDemandUsdPerHour, offer.SpotUsdPerHour));
    }

    [Theory]
    [InlineData("mithril", "b200", "B200", "0.01")]
    [InlineData("azure", "Standard_ND96isr_H100_v5", "H100", "0")]
    public void A_price_of_nothing_is_dropped_and_told(string provider, string instance, string gpu, string price)
    {
        var (import, _) = CatalogFixture.Import(CatalogFormat.Skypilot, provider, $"{Vast}{instance},{gpu},8,96,1900,,{price},18,r\n");
        Assert.Null(Assert.Single(import.Offers).OnDemandUsdPerHour);
        Assert.Equal("price-dropped", Assert.Single(import.Findings).Id);
    }

    [Fact]
    public void The_unquoted_comma_in_a_generation_shifts_the_fields_behind_it()
    {
        var offer = Only("azure", Azure + "Standard_NC4as_T4_v3,T4,1.0,4.0,28.0,\"{'SizeInMiB': 16384}\",V1,V2,0.526,0.21,eastus\n");
        Assert.Equal((0.526, 0.21, "eastus"), (offer.OnDemandUsdPerHour!.Value, offer.SpotUsdPerHour!.Value, offer.Region));
    }

    [Fact]
    public void Host_numbers_that_only_repeat_the_query_are_not_believed()
    {
        var offer = Only("vast", $"{Vast}1x-L40S-32-65536,L40S,1,32,64.0,,0.60,0.00,r\n");
        Assert.Equal((null, null), (offer.Vcpus, offer.HostMemoryGib));
    }

    [Fact]
    public void Repeated_rows_keep_the_cheaper_price()
    {
        var (import, _) = CatalogFixture.Import(CatalogFormat.Skypilot, "simplepod",
            $"{Vast}gpu_4x_rtx4090_128,RTX4090,4,128,512,,1.36,,Europe-PL\ngpu_4x_rtx4090_128,RTX4090,4,128,512,,1.28,,Europe-PL\n");
        Assert.Equal(1.28, Assert.Single(import.Offers).OnDemandUsdPerHour);
        Assert.Equal(1, import.Repeats);
    }

    private static Offer Only(string provider, string text) =>
        Assert.Single(CatalogFixture.Import(CatalogFormat.Skypilot, provider, text).Import.Offers);
}
