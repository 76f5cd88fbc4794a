using CsCheck;
using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Data.Catalogs;
using SlmPlanner.Data.Offers;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Tests.Cost;

public sealed class OfferCatalogTests : IDisposable
{
    private const string Header = "provider,instance_type,gpu,gpu_count,region,price_usd_per_hour,spot_usd_per_hour,snapshot_date\n";
    private static readonly ProfileStore Store = ProfileStore.Open(Repository.Profiles);
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Five_columns_are_enough()
    {
        var offer = Assert.Single(Read("provider,gpu,gpu_count,price_usd_per_hour,snapshot_date\nMyCloud,H100,8,20,2026-11-01\n").Offers);
        Assert.Equal(("mycloud", "H100-SXM", 8, 20.0, "any"),
            (offer.Provider, offer.Gpu, offer.GpusPerNode, offer.OnDemandUsdPerHour!.Value, offer.Region));
        Assert.Equal("H100 x8", offer.InstanceType);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("provider,gpu\n", "'gpu_count' is missing")]
    [InlineData("provider,gpu,gpu_count,price,snapshot_date\n", "unknown column 'price'")]
    [InlineData(Header, "holds no offer")]
    [InlineData(Header + "a,b,H100,8,r,abc,,2026-11-01\n", "line 2, column 'price_usd_per_hour': 'abc' is not a number")]
    [InlineData(Header + "a,b,H100,8,r,-1,,2026-11-01\n", "must be 0..1000000")]
    [InlineData(Header + "a,b,H100,1.5,r,1,,2026-11-01\n", "'1.5' must be a whole number 1..1024")]
    [InlineData(Header + "a,b,H1000,8,r,1,,2026-11-01\n", "did you mean")]
    [InlineData(Header + "a,b,H100,8,r,,,2026-11-01\n", "the row has none")]
    [InlineData(Header + "a,b,H100,8,r,9,,01/11/2026\n", "must be YYYY-MM-DD")]
    [InlineData(Header + "a,b,H100,8,r,9,2026-11-01\n", "7 fields, the header has 8")]
    public void A_faulty_file_is_refused_with_the_place_and_the_value(string text, string part) =>
        Assert.Contains(part, Assert.Throws<InputException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void All_faulty_rows_are_named_at_once()
    {
        var message = Assert.Throws<InputException>(() =>
            Read(Header + "a,b,H100,0,r,1,,2026-11-01\na,b,H100,8,r,x,,2026-11-01\n")).Message;
        Assert.Contains("line 2", message, StringComparison.Ordinal);
        Assert.Contains("line 3", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("runpod", 3, 4, 3.0, null)]
    [InlineData("gcp", 3, 4, null, 4.0)]
    [InlineData("azure", 0, 4, null, 4.0)]
    [InlineData("vast", 3, 0, 3.0, null)]
    [InlineData("nebius", 3, 3, 3.0, 3.0)]
    public void A_price_that_cannot_be_true_is_dropped_and_told(string provider, double price, double spot, double? priceLeft,
        double? spotLeft)
    {
        var catalog = Read(FormattableString.Invariant($"{Header}{provider},b,H100,1,r,{price},{spot},2026-11-01\n"));
        var offer = Assert.Single(catalog.Offers);
        Assert.Equal((priceLeft, spotLeft), (offer.OnDemandUsdPerHour, offer.SpotUsdPerHour));
        Assert.Equal(price == spot ? 0 : 1, catalog.Findings.Count);
    }

    /// <summary>Two looks at one machine: what is left is the on-demand price, the spot price, and the days they were seen.</summary>
    [Theory]
    [InlineData("20,8,2026-05-01", "22,9,2026-10-01", "22 2026-10-01, 9 2026-10-01")]
    [InlineData("22,9,2026-10-01", "20,8,2026-05-01", "22 2026-10-01, 9 2026-10-01")]
    [InlineData("20,8,2026-05-01", "22,,2026-10-01", "22 2026-10-01, 8 2026-05-01")]
    [InlineData("20,,2026-05-01", ",9,2026-10-01", " 2026-10-01, 9 2026-10-01")]
    [InlineData("20,8,2026-05-01/2026-11-20", "22,9,2026-10-01", "22 2026-10-01, 9 2026-10-01")]
    [InlineData("20,8,../2026-11-20", "22,9,2026-05-01", "22 2026-05-01, 9 2026-05-01")]
    public void Of_two_rows_of_a_machine_the_newer_counts_and_a_blank_withdraws(string one, string other, string left)
    {
        var offer = Assert.Single(Read($"{Header}{Row(one)}{Row(other)}").Offers);
        Assert.Equal(left, FormattableString.Invariant(
            $"{offer.OnDemandUsdPerHour} {offer.SeenOf(spot: false)}, {offer.SpotUsdPerHour} {offer.SeenOf(spot: true)}"));
        Assert.Equal(offer, Assert.Single(Read(OfferFile.Write([offer], Store.Devices)).Offers) with { Source = offer.Source });
    }

    private static string Row(string prices) => $"azure,b,H100,8,r,{prices}\n";

    [Fact]
    public void Half_destroyed_files_are_refused_or_read_but_never_break_the_reader()
    {
        var valid = File.ReadAllText(Path.Combine(Repository.Profiles, "offers", "snapshot.csv"))[..3000];
        Gen.Select(Gen.Int[0, valid.Length - 1], Gen.Int[0, 40], Gen.String[0, 5]).Array[1, 4].Sample(cuts =>
        {
            var text = cuts.Aggregate(valid, (now, cut) =>
                now.Remove(Math.Min(cut.Item1, now.Length), Math.Min(cut.Item2, now.Length - Math.Min(cut.Item1, now.Length)))
                .Insert(Math.Min(cut.Item1, now.Length), cut.Item3));
            try
            {
                Assert.NotEmpty(Read(text).Offers);
            }
            catch (InputException)
            {
            }
        }, iter: 300, threads: 1);
    }

    public void Dispose() => _folder.Dispose();

    private OfferCatalog Read(string text) => OfferFiles.Read([_folder.Write("offers.csv", text)], Store.Devices, Store.Networks,
        Store.Providers);
}
