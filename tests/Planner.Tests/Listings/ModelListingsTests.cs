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
