using CsCheck;
using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Data.Catalogs;
using SlmPlanner.Data.Csv;
using SlmPlanner.Data.Offers;

namespace SlmPlanner.Tests.Catalogs;

public sealed class OfferImportTests
{
    private const string Own = "provider,instance_type,gpu,gpu_count,region,price_usd_per_hour,spot_usd_per_hour,snapshot_date\n";
    private const string Skypilot = "InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,GpuInfo,Price,SpotPrice,Region,AvailabilityZone\n";

    private static readonly string[] Pieces = ["\"", ",", "\n", "\0", "-1", "1e999", "NaN", "\r"];

    [Fact]
    public void A_later_price_replaces_an_earlier_one_and_others_stay()
    {
        var before = CatalogFixture.Import(CatalogFormat.Csv, "x",
            $"{Own}a,m,L4,1,r,1,,2026-01-01\na,n,L4,1,r,7,,2026-01-01\n").Import.Offers;
        var after = CatalogFixture.Import(CatalogFormat.Csv, "x", $"{Own}a,m,L4,1,r,2,,2026-02-01\na,n,L4,1,r,3,,2025-02-01\n",
            before).Import.Offers;
        Assert.Equal([("m", 2.0), ("n", 7.0)], after.Select(offer => (offer.InstanceType, offer.OnDemandUsdPerHour!.Value)));
    }

    [Fact]
    public void A_faulty_row_of_our_own_format_is_left_out_and_named()
    {
        var (import, skips) = CatalogFixture.Import(CatalogFormat.Csv, "x", $"{Own}a,m,L4,1,r,1,,2026-01-01\na,n,L4,0,r,7,,2026-01-01\n");
        Assert.Single(import.Offers);
        Assert.Contains("1..1024", skips.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_reads_the_same_again()
    {
        var shipped = CatalogFixture.Store.Offers.Offers;
        var text = OfferFile.Write(shipped, CatalogFixture.Store.Devices);
        using var rows = CsvRows.Read(new StringReader(text), "again.csv");
        var csv = new OfferCsv(rows, CatalogFixture.Store.Devices, CatalogFixture.Store.Networks);
        var again = new List<Offer>();
        while (rows.Next())
            again.Add(csv.Read());
        Assert.Equal(shipped, NewestPrices.Of(again));
    }

    [Fact]
    public void Catalogs_with_random_damage_are_read_or_refused_but_never_break_the_import()
    {
        var valid = Skypilot
            + "p5.48xlarge,H100,8.0,192.0,2048.0,\"{'Gpus': [{'Name': 'H100', 'MemoryInfo': {'SizeInMiB': "
            + "81559}}]}\",55.04,26.1,us-east-1,a\n"
            + "m5.large,,,2.0,8.0,,0.1,0.05,us-east-1,a\n1x-A100_SXM4-32-65536,A100,1,32,64.0,\"{'SizeInMiB': "
            + "40960}\",0.76,0.00,\"Georgia, US\",b\n";
        Gen.Select(Gen.Int[0, valid.Length], Gen.Int[0, 30],
            Gen.OneOf(Gen.String[0, 4], Gen.Int[0, Pieces.Length - 1].Select(piece => Pieces[piece]))).Array[1, 6].Sample(damage =>
        {
            var text = damage.Aggregate(valid, Damage);
            foreach (var format in Enum.GetValues<CatalogFormat>())
            {
                try
                {
                    var (import, _) = CatalogFixture.Import(format, "aws", text);
                    Assert.All(import.Offers, offer => Assert.True(offer.OnDemandUsdPerHour > 0 || offer.SpotUsdPerHour > 0));
                }
                catch (InputException)
                {
                }
            }
        }, iter: 500);
    }

    private static string Damage(string text, (int At, int Cut, string Insert) damage)
    {
        var at = Math.Min(damage.At, text.Length);
        return text.Remove(at, Math.Min(damage.Cut, text.Length - at)).Insert(at, damage.Insert);
    }
}
