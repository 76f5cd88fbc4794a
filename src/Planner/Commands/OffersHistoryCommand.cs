using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Prices;
using SlmPlanner.Core.Text;
using SlmPlanner.Data.Files;
using SlmPlanner.Planner.Options;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Charts.Drawing;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Prices;
using SlmPlanner.Presentation.Tables;

using Spectre.Console;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan offers history</c>: what a GPU cost over time, per provider.</summary>
internal sealed class OffersHistoryCommand(IAnsiConsole console)
{
    private static readonly CommandArgument Gpu = new("GPU", "the device, in any common spelling");

    private static readonly CommandOption<IReadOnlyList<string>> Provider = CommandOption.Many(
        "provider", Values.Text("LIST"), "these providers alone") with
    {
        Example = "aws,lambda", Default = "all",
    };

    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command(
        "history", "What a GPU cost over time: every price with the days it was seen, 30-day changes, and how far providers are apart.")
    {
        Arguments = [Gpu],
        Options = [Provider, EvidenceOptions.Store, OutputOptions.Folder, OutputOptions.Format, .. CurrencyOptions.All, .. DataOptions.All],
        Examples = ["slm-plan offers history H100", "slm-plan offers history B200 --provider aws,lambda --format json"],
    }.DoneBy<OffersHistoryCommand>((command, given) => command.History(given));

    private int History(Given given)
    {
        using var shown = CurrencyOptions.Show(given);
        var store = DataOptions.OpenProfiles(given);
        var device = store.Devices.Find(given.Of(Gpu)!);
        var ofDevice = DataOptions.OpenPrices(given, store).Where(point => point.Key.Gpu == device.Name).ToList();
        var providers = given.Of(Provider).Select(name => Known(store.Networks.Provider(name), name, ofDevice))
            .ToHashSet(StringComparer.Ordinal);
        var history = PriceSeries.Of(ofDevice.Where(point => providers.Count == 0 || providers.Contains(point.Key.Provider)));
        if (history.Count == 0)
            throw new InputException($"no price of {device.Name} is known: 'slm-plan offers list' shows the devices that have one");
        var trends = PriceTrend.Of(history);
        if (given.Of(OutputOptions.Folder) is { } folder)
            AtomicFolder.Write(folder, Files(device.Name, history));
        var format = given.Of(OutputOptions.Format);
        IListing[] lists = format == OutputFormat.Table
            ? [PriceHistoryTables.Providers(trends), PriceHistoryTables.Spread(trends)]
            : [PriceHistoryTables.Prices(history), PriceHistoryTables.Providers(trends), PriceHistoryTables.Spread(trends)];
        ListingOutput.Print(lists, format, console, Console.Out);
        return ExitCode.Done;
    }

    private static string Known(string provider, string asked, IReadOnlyList<PricePoint> points)
    {
        var known = points.Select(point => point.Key.Provider).Distinct().Order(StringComparer.Ordinal).ToList();
        return known.Contains(provider, StringComparer.Ordinal)
            ? provider : throw new InputException(NearestNames.Unknown("provider with a price of this GPU", asked, known));
    }

    private static IEnumerable<FolderFile> Files(string gpu, IReadOnlyList<PriceSeries> history)
    {
        using var table = new StringWriter();
        ListingOutput.Print(PriceHistoryTables.Prices(history), OutputFormat.Csv, AnsiConsole.Console, table);
        yield return FolderFile.Text("prices.csv", table.ToString());
        foreach (var kind in new[] { PriceKey.OnDemand, PriceKey.Spot })
        {
            if (PriceHistoryChart.Of(gpu, kind, history) is not { } chart)
                continue;
            yield return new($"{chart.Name}.png", ChartRenderer.Png(chart, ChartSize.Picture));
            yield return FolderFile.Text($"{chart.Name}.svg", ChartRenderer.Svg(chart, ChartSize.Picture));
        }
    }
}
