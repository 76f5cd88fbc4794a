using System.IO.Compression;
using SlmPlanner.Core;
using SlmPlanner.Data.Catalogs;

namespace SlmPlanner.Tests.Catalogs;

public sealed class CatalogFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_folder_per_cloud_names_the_providers_and_other_tables_are_passed_over()
    {
        foreach (var name in new[] { "v8/aws/vms.csv", "v8/gcp/vms.csv", "v8/gcp/images.csv", "v8/common/accelerators.csv",
            "v8/aws/instance_quota_mapping.csv" })
            _folder.Write(name, "x\n");
        Assert.Equal(["aws", "gcp"], CatalogFiles.Find(_folder.Path, "here").Select(file => file.Provider));
    }

    [Fact]
    public void A_zip_gives_its_tables_and_the_day_of_its_version()
    {
        var path = Zip("nebius/20260819-1/catalog.zip", "nebius.csv", "a,b\n1,2\n");
        var file = Assert.Single(CatalogFiles.Find(path, path));
        Assert.Equal(("nebius", new DateOnly(2026, 8, 19)), (file.Provider, file.Dated!.Value));
        using var reader = new StreamReader(file.Open());
        Assert.Equal("a,b\n1,2\n", reader.ReadToEnd());
    }

    [Fact]
    public void A_zip_cut_short_is_refused_with_a_guess_at_the_cause()
    {
        var path = Zip("catalog.zip", "x.csv", new string('a', 10_000));
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^30]);
        Assert.Contains("was the download cut short?", Assert.Throws<InputException>(() => CatalogFiles.Find(path, "catalog.zip")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_entry_is_bad_input_not_a_crash()
    {
        var path = Zip("catalog.zip", "x.csv", string.Concat(Enumerable.Range(0, 5000).Select(number => $"{number * 7919 % 10007},")));
        var bytes = File.ReadAllBytes(path);
        for (var i = 200; i < 400; i++)
            bytes[i] ^= 0xA5;
        File.WriteAllBytes(path, bytes);
        var file = Assert.Single(CatalogFiles.Find(path, "catalog.zip"));
        var skips = new SkipLog();
        Assert.Throws<InputException>(() => OfferImport.Run(CatalogFormat.Skypilot, [file], [], CatalogFixture.Facts, skips));
    }

    [Theory]
    [InlineData("nothing", "no such file or folder")]
    [InlineData("", "no price file")]
    public void A_place_without_prices_is_refused(string name, string part) =>
        Assert.Contains(part, Assert.Throws<InputException>(() => CatalogFiles.Find(Path.Combine(_folder.Path, name), "here")).Message,
            StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    private string Zip(string name, string entry, string text)
    {
        var path = _folder.Write(name, "");
        File.Delete(path);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        using var writer = new StreamWriter(zip.CreateEntry(entry).Open());
        writer.Write(text);
        return path;
    }
}
