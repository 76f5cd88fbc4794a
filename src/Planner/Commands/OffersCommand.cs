using Cocona;
using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Text;
using SlmPlanner.Data.Catalogs;
using SlmPlanner.Planner.Configuration;
using SlmPlanner.Planner.Listings;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Tables;
using Spectre.Console;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan offers</c>: what can be rented, at which price.</summary>
internal sealed class OffersCommand(IAnsiConsole console, TimeProvider clock)
{
    private const int WidthOfPriceList = 240;

    /// <summary>Lists prices as a price list: one row per machine type, or one per region.</summary>
    [Command("list", Description = "List what can be rented: the cheapest region of each machine type, or every region.")]
    public int List(
        CommonOptions common,
        [Option(Description = "devices, separated by commas; NAME or NAME:COUNT, for example H100:8")] string? gpu = null,
        [Option(Description = "providers, separated by commas")] string? providers = null,
        [Option(Description = "regions, separated by commas")] string? regions = null,
        [Option(Description = "interruptible machines only, by their spot price")] bool spot = false,
        [Option(Description = "most that a machine may cost per hour, USD")] double? maxUsd = null,
        [Option(Description = "one row per region")] bool allRegions = false,
        [Option(Description = "your own price file (CSV) in place of the shipped snapshot")] string? offers = null,
        [Option(Description = "table, json, csv or md")] OutputFormat format = OutputFormat.Table)
    {
        var store = common.OpenProfiles();
        var catalog = CommonOptions.OpenOffers(store, offers);
        var filter = OfferFilter.Parse(gpu, providers, regions, spot, maxUsd, store.Devices, catalog);
        var rows = PriceRow.Of(catalog.Offers, filter, store.Devices, allRegions);
        var days = PlannerSettings.From(common.LoadSettings()).PriceAgeWarningDays;
        WidenWithoutTerminal();
        ListingOutput.Print(PriceList.Of(rows), format, console, Console.Out, Findings(catalog, [.. rows.Select(row => row.OnDemand)], days));
        return ExitCode.Done;
    }

    /// <summary>Shows one machine type in every region, with links, dates and sources.</summary>
    [Command("show", Description = "Show one machine type in every region, with its links, dates and sources.")]
    public int Show(
        [Argument(Description = "machine type as the provider names it")] string name,
        CommonOptions common,
        [Option(Description = "your own price file (CSV) in place of the shipped snapshot")] string? offers = null,
        [Option(Description = "table, json, csv or md")] OutputFormat format = OutputFormat.Table)
    {
        var catalog = CommonOptions.OpenOffers(common.OpenProfiles(), offers);
        var found = catalog.Offers.Where(offer => string.Equals(offer.InstanceType, name, StringComparison.OrdinalIgnoreCase)).ToList();
        if (found.Count == 0)
            throw new InputException(NearestNames.Unknown("machine type", name, catalog.Offers.Select(offer => offer.InstanceType)));
        var days = PlannerSettings.From(common.LoadSettings()).PriceAgeWarningDays;
        WidenWithoutTerminal();
        ListingOutput.Print(PriceList.Details(name, found), format, console, Console.Out, Findings(catalog, found, days));
        return ExitCode.Done;
    }

    /// <summary>A price list is read line by line by other programs, so no row of it may be broken.</summary>
    private void WidenWithoutTerminal()
    {
        if (Console.IsOutputRedirected)
            console.Profile.Width = Math.Max(console.Profile.Width, WidthOfPriceList);
    }

    private IReadOnlyList<Finding> Findings(OfferCatalog catalog, List<Offer> shown, int staleAfterDays)
    {
        if (shown.Count == 0)
            return [new NoOfferMatches(catalog.Offers.Count)];
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return PriceAge.Stale(shown, today, staleAfterDays) is { } stale ? [.. catalog.Findings, stale] : catalog.Findings;
    }
}
