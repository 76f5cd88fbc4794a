using SlmPlanner.Data.Profiles;
using SlmPlanner.Planner.Listings;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Tables;
using Spectre.Console;
using Spectre.Console.Testing;

namespace SlmPlanner.Tests.Listings;

public sealed class ModelListingsTests
{
    private static readonly ProfileStore Profiles = ProfileStore.Open(Path.Combine(AppContext.BaseDirectory, "profiles"));

    [Theory]
    [InlineData(OutputFormat.Table, "model-show.txt")]
    [InlineData(OutputFormat.Json, "model-show.json")]
    [InlineData(OutputFormat.Csv, "model-show.csv")]
    [InlineData(OutputFormat.Md, "model-show.md")]
    public void A_model_is_shown_in_every_format(OutputFormat format, string golden)
    {
        var listing = ModelListings.Components(Profiles.Models.Find("slm-1b"), 1024);
        Golden.Equal(Print(listing, format), golden);
    }

    [Fact]
    public void The_list_has_every_model_of_the_catalog()
    {
        var csv = Print(ModelListings.All(Profiles.Models), OutputFormat.Csv).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Profiles.Models.Models.Count() + 1, csv.Length);
        Assert.Contains(csv, line => line.StartsWith("slm-2b,Small-model training study,1969027008,24,2496,39,39,6739,32000,",
            StringComparison.Ordinal));
    }

    /// <summary>Blocks that differ are told by kind, or, where there are many kinds, by how far their numbers reach.</summary>
    [Theory]
    [InlineData("moonlight-16b-a3b", "width 2048, 1 layer of latent attention")]
    [InlineData("gemma-3-1b", "22 layers of 4 heads of 256 (1 key-value, window 512), feed-forward 6912 (gated); 4 layers of 4 heads")]
    [InlineData("openelm-1.1b", "width 2048, 28 layers of 16 to 32 heads of 64 (4 to 8 key-value), feed-forward 1024 to 8192 (gated); ")]
    public void Blocks_that_differ_are_told_in_a_line(string model, string words) =>
        Assert.Contains(words, ModelListings.Components(Profiles.Models.Find(model), 1024).Title, StringComparison.Ordinal);

    /// <summary>
    /// 24 blocks of gpt-oss have a router of 2,880 × 32 with 32 biases and no dense network; Mamba has no attention and none either.
    /// </summary>
    [Fact]
    public void What_a_model_does_not_have_is_not_listed()
    {
        var mixture = ModelComponent.Of(Profiles.Models.Find("gpt-oss-20b"), 1024).ToDictionary(part => part.Name);
        Assert.Equal(24 * (2880 + 1) * 32, mixture["router"].Parameters);
        Assert.DoesNotContain("feed-forward", mixture.Keys);
        var names = ModelComponent.Of(Profiles.Models.Find("mamba2-130m"), 1024).Select(part => part.Name);
        Assert.Equal(["token embedding", "positions", "recurrences", "norms", "output head", "total"], names);
    }

    [Fact]
    public void The_overview_fits_a_terminal_of_eighty_columns()
    {
        var lines = Print(ModelListings.Overview(Profiles.Models), OutputFormat.Table, width: 80)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(Profiles.Models.Models, model =>
            Assert.Contains(lines, line => line.TrimStart().StartsWith(model.Name + " ", StringComparison.Ordinal)));
    }

    private static string Print<T>(Listing<T> listing, OutputFormat format, int width = 120)
    {
        using var console = new TestConsole();
        console.Profile.Width = width;
        using var output = new StringWriter();
        ListingOutput.Print(listing, format, console, output);
        return format == OutputFormat.Table ? console.Output : output.ToString();
    }
}
