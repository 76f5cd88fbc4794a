using SlmPlanner.Core;
using SlmPlanner.Data.Catalogs;

namespace SlmPlanner.Tests.Catalogs;

/// <summary>Rows in the fourteen columns of gpuhunt.</summary>
public sealed class GpuhuntTests
{
    private const string Header = "instance_name,location,price,cpu,memory,gpu_count,gpu_name,gpu_memory,spot,disk_size,gpu_vendor,flags,cpu_arch,provider_data\n";

    [Fact]
    public void A_spot_row_joins_the_on_demand_row_of_its_machine()
    {
        var (import, _) = CatalogFixture.Import(CatalogFormat.Gpuhunt, "lambdalabs", Header
            + "gpu_8x_h100_sxm5,us-east-1,31.92,208,1800.0,8,H100,80.0,False,,nvidia,,x86_64,{}\n"
            + "gpu_8x_h100_sxm5,us-east-1,15.5,208,1800.0,8,H100,80.0,True,,,,x86_64,\"{\"\"a\"\": 1}\"\n");
        var offer = Assert.Single(import.Offers);
        Assert.Equal(("lambda", "H100-SXM", 31.92, 15.5),
            (offer.Provider, offer.Gpu, offer.OnDemandUsdPerHour!.Value, offer.SpotUsdPerHour!.Value));
    }

    [Theory]
    [InlineData("A100", "40.0", "A100-40GB-SXM")]
    [InlineData("A100", "80.0", "A100-80GB-SXM")]
    [InlineData("H100NVL", "94.0", "H100-NVL")]
    [InlineData("RTX6000Ada", "48.0", "RTX6000-Ada")]
    [InlineData("A6000", "48.0", "RTXA6000")]
    public void Name_and_memory_decide_the_device(string name, string memory, string device) =>
        Assert.Equal(device, Assert.Single(CatalogFixture.Import(CatalogFormat.Gpuhunt, "aws",
            $"{Header}i,r,9,8,64,1,{name},{memory},False,,,,,\n").Import.Offers).Gpu);

    [Theory]
    [InlineData("i,r,9,8,64,8,tpu-v4,,False,,google,,,", "unknown GPU: tpu-v4")]
    [InlineData("i,r,,8,64,8,H100,80,False,,,,,", "no price: i")]
    [InlineData("i,r,9,8,64,8,H100,80,maybe,,,,,", "spot is neither True nor False: maybe")]
    [InlineData("i,r,9,8,64,8,H100,80,False", "wrong number of fields: 9, the header has 14")]
    [InlineData("i,r,9,8,64,8,H100,40,False,,,,,", "memory contradicts the GPU's name: H100 with 40 GiB, H100-SXM has 80")]
    public void A_row_that_cannot_be_used_is_named(string row, string skipped)
    {
        var (_, skips) = CatalogFixture.Import(CatalogFormat.Gpuhunt, "x",
            $"{Header}{row}\ni,r,1,4,16,1,L4,24,False,,,,,\ncpu,r,1,4,16,0,,,False,,,,,\n");
        Assert.Equal($"2: {skipped}", skips.Single());
        Assert.Equal(1, skips.WithoutGpu);
    }

    [Fact]
    public void Another_table_is_refused_by_its_columns() =>
        Assert.Contains("'instance_name' is missing",
            Assert.Throws<InputException>(() => CatalogFixture.Import(CatalogFormat.Gpuhunt, "x", "a,b\n1,2\n")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_catalog_without_a_usable_row_is_refused_and_the_first_reason_told() =>
        Assert.Contains("unknown GPU, K80", Assert.Throws<InputException>(() =>
            CatalogFixture.Import(CatalogFormat.Gpuhunt, "x", $"{Header}i,r,1,4,16,1,K80,12,False,,,,,\n")).Message,
            StringComparison.Ordinal);
}
