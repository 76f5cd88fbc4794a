using Cocona;
using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Text;
using SlmPlanner.Data.Catalogs;
using SlmPlanner.Planner.Configuration;
using SlmPlanner.Planner.Listings;
using SlmPlanner.Planner.Options;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Tables;

using Spectre.Console;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan offers</c>: what can be rented, at which price.</summary>
internal sealed class OffersCommand(IAnsiConsole console, TimeProvider clock)
{
    private const int WidthOfPriceList = 240;

    private static readonly CommandArgument Type = new("NAME", "machine type as the provider names it");

    private static readonly CommandOption<IReadOnlyList<string>> Gpu = CommandOption.Many(
        "gpu", Values.Text("LIST"), "devices, NAME or NAME:COUNT") with
    {
        Example = "H100:8,L4",
    };

    private static readonly CommandOption<bool> Spot = CommandOption.Flag("spot", "interruptible machines only, by their spot price");

    private static readonly CommandOption<double?> MaxUsd = CommandOption.Optional(
        "max-usd", Values.Number("USD").Within(0.001, 1e6), "most that a machine may cost per hour") with
    {
        Example = "20",
    };

    private static readonly CommandOption<bool> AllRegions = CommandOption.Flag("all-regions", "one row per region");

    /// <summary>The command that lists.</summary>
    public static Command ListCommand { get; } = new Command(
        "list", "List what can be rented: the cheapest region of each machine type, or every region.")
    {
        Options = [Gpu, RequestOptions.Providers, RequestOptions.Regions, Spot, MaxUsd, AllRegions, DataOptions.Offers,
            EvidenceOptions.Store,
            OutputOptions.Format, .. CurrencyOptions.All, .. DataOptions.All],
        Examples = ["slm-plan offers list --gpu H100:8 --providers aws,lambda --all-regions"],
    }.DoneBy<OffersCommand>((command, given) => command.List(given));

    /// <summary>The command that shows one.</summary>
    public static Command ShowCommand { get; } = new Command(
        "show", "Show one machine type in every region, with its links, dates and sources.")
    {
        Arguments = [Type],
        Options = [DataOptions.Offers, EvidenceOptions.Store, OutputOptions.Format, .. CurrencyOptions.All, .. DataOptions.All],
        Examples = ["slm-plan offers show p5.48xlarge"],
    }.DoneBy<OffersCommand>((command, given) => command.Show(given));

    /// <summary>Lists prices as a price list: one row per machine type, or one per region.</summary>
    private int List(Given given)
    {
        using var shown = CurrencyOptions.Show(given);
        var store = DataOptions.OpenProfiles(given);
        var catalog = DataOptions.OpenOffers(given, store);
        var filter = OfferFilter.Parse(
            given.Text(Gpu), given.Text(RequestOptions.Providers), given.Text(RequestOptions.Regions), given.Of(Spot), given.Of(MaxUsd),
                store.Devices, catalog);
        var rows = PriceRow.Of(catalog.Offers, filter, store.Devices, given.Of(AllRegions));
        var days = PlannerSettings.From(DataOptions.LoadSettings(given)).PriceAgeWarningDays;
        WidenWithoutTerminal();
        ListingOutput.Print(PriceList.Of(rows), given.Of(OutputOptions.Format), console, Console.Out,
            Findings(catalog, [.. rows.Select(row => row.OnDemand)], days));
        return ExitCode.Done;
    }

    /// <summary>Shows one machine type in every region, with links, dates and sources.</summary>
    private int Show(Given given)
    {
        using var shown = CurrencyOptions.Show(given);
        var name = given.Of(Type)!;
        var catalog = DataOptions.OpenOffers(given, DataOptions.OpenProfiles(given));
        var found = catalog.Offers.Where(offer => string.Equals(offer.InstanceType, name, StringComparison.OrdinalIgnoreCase)).ToList();
        if (found.Count == 0)
            throw new InputException(NearestNames.Unknown("machine type", name, catalog.Offers.Select(offer => offer.InstanceType)));
        var days = PlannerSettings.From(DataOptions.LoadSettings(given)).PriceAgeWarningDays;
        WidenWithoutTerminal();
        ListingOutput.Print(PriceList.Details(name, found), given.Of(OutputOptions.Format), console, Console.Out,
            Findings(catalog, found, days));
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
