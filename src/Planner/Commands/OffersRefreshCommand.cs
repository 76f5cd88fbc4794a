using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Data.Catalogs;
using SlmPlanner.Data.Catalogs.Refresh;
using SlmPlanner.Data.Store;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Planner.Options;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Prices;
using SlmPlanner.Presentation.Tables;

using Spectre.Console;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan offers refresh</c>: fetches public catalogs and keeps what changed.</summary>
internal sealed class OffersRefreshCommand(IAnsiConsole console, TimeProvider clock)
{
    private static readonly CommandOption<IReadOnlyList<string>> From = CommandOption.Many(
        "from", Values.Text("NAME"), "these catalogs alone, or all of a group (skypilot, gpuhunt)") with
    {
        Example = "skypilot-aws", Default = "all", IsRepeatable = true,
    };

    private static readonly CommandOption<IReadOnlyList<string>> Url = CommandOption.Repeated(
        "url", Values.Text("ADDRESS"), "fetch this address instead, for example a mirror; its format is that of --from, else it follows "
            + "from its ending") with
    {
        Example = "https://mirror.example/lambda/vms.csv",
    };

    private static readonly CommandOption<double> Patience = CommandOption.OrElse(
        "timeout", Amounts.Duration.Within(1.0 / 60, 1), 2.0 / 60, "longest that one fetch may take") with
    {
        Example = "5m",
    };

    private static readonly CommandOption<bool> AcceptFewer = CommandOption.Flag(
        "accept-fewer", "take a catalog even if it lists less than half of what it listed before");

    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command(
        "refresh", "Fetch today's prices from public catalogs that need no key, keep them with their history, and say what changed.")
    {
        Options = [From, Url, Patience, AcceptFewer, EvidenceOptions.Store, OutputOptions.Format, .. DataOptions.All],
        Examples = ["slm-plan offers refresh", "slm-plan offers refresh --from skypilot-lambda --format json"],
    }.DoneBy<OffersRefreshCommand>((command, given) => command.Refresh(given));

    private int Refresh(Given given)
    {
        using var interrupt = new Interrupt();
        var profiles = DataOptions.OpenProfiles(given);
        var sources = Sources(given, profiles);
        var facts = new ImportFacts(profiles.Devices, profiles.Networks, new(profiles.Hosts), profiles.Providers,
            new PriceDates(null, default));
        using var store = PriceStore.OpenToAdd(EvidencePath.ToAdd(given));
        var refresh = new CatalogRefresh(
            store, facts, new(TimeSpan.FromSeconds(1), TimeSpan.FromHours(given.Of(Patience))), given.Of(AcceptFewer));
        var folder = Directory.CreateTempSubdirectory("slm-plan-");
        try
        {
            var outcomes = Run(refresh, sources, folder.FullName, interrupt.Token);
            ListingOutput.Print(
                [RefreshTables.Catalogs(outcomes, sources), RefreshTables.Changes(outcomes)], given.Of(OutputOptions.Format), console,
                Console.Out);
            return outcomes.Any(outcome => outcome.Status != RefreshStatus.Failed) ? ExitCode.Done : ExitCode.Unexpected;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private List<RefreshOutcome> Run(CatalogRefresh refresh, IReadOnlyList<CatalogSource> sources, string folder, CancellationToken stop)
    {
        var (at, outcomes) = (clock.GetUtcNow(), new List<RefreshOutcome>());
        foreach (var source in sources)
        {
            Console.Error.WriteLine($"{source.Name}: {source.Url}");
            outcomes.Add(refresh.Run(source, at, folder, stop).GetAwaiter().GetResult());
            if (outcomes[^1].Status == RefreshStatus.Failed)
                Console.Error.WriteLine($"{source.Name}: {outcomes[^1].Problem}; prices stay as they were");
        }
        return outcomes;
    }

    private static IReadOnlyList<CatalogSource> Sources(Given given, ProfileStore profiles)
    {
        var named = CatalogSourceList.Read(profiles.Files("offers", "catalogs.json")[^1]).Named(given.Of(From));
        var urls = given.Of(Url);
        return urls.Count == 0 ? named : [.. urls.Select(url => new CatalogSource(
            given.Of(From).Count > 0 && named.Count == 1 ? named[0].Name : url, "url", given.Of(From).Count > 0 ? named[0].Format
            : FormatOf(url),
            url, null, "as the address has them", "--url", default, null))];
    }

    private static CatalogFormat FormatOf(string url) =>
        url.EndsWith("vms.csv", StringComparison.OrdinalIgnoreCase) ? CatalogFormat.Skypilot
        : url.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? CatalogFormat.Gpuhunt
        : CatalogFormat.Csv;
}
