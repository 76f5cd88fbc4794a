using System.Text;
using SlmPlanner.Data.Catalogs;

namespace SlmPlanner.Tests.Catalogs;

/// <summary>
/// A catalog like the largest there are, where one row in three has a GPU. Runs alone, and counts processor time, so that neither other
/// tests nor other processes disturb it.
/// </summary>
[CollectionDefinition(nameof(ImportSpeedTests), DisableParallelization = true)]
[Collection(nameof(ImportSpeedTests))]
public sealed class ImportSpeedTests
{
    private const string Header = "InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,GpuInfo,Price,SpotPrice,Region,AvailabilityZone\n";

    [Fact]
    public void A_hundred_thousand_rows_take_less_than_two_seconds()
    {
        var text = new StringBuilder(Header);
        for (var row = 0; row < 100_000; row++)
            text.Append(row % 3 == 0
                ? $"p5.48xlarge,H100,8.0,192.0,2048.0,\"{{'Gpus': [{{'Name': 'H100', 'Count': 8, 'MemoryInfo': {{'SizeInMiB': "
                + $"81559}}}}], 'TotalGpuMemoryInMiB': 652472}}\",55.04,26.1,region-{row / 9},zone-{row}\n"
                : $"m5.{row % 97}xlarge,,,{row % 97}.0,256.0,,1.1,0.4,region-{row / 9},zone-{row}\n");
        var before = Environment.CpuUsage.TotalTime;
        var (import, _) = CatalogFixture.Import(CatalogFormat.Skypilot, "aws", text.ToString());
        var spent = Environment.CpuUsage.TotalTime - before;
        Assert.Equal(11_112, import.Offers.Count);
        Assert.True(spent < TimeSpan.FromSeconds(2), $"took {spent} of processor time");
    }
}
