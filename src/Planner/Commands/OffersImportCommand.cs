using Cocona;
using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Data.Catalogs;
using SlmPlanner.Data.Files;
using SlmPlanner.Data.Offers;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Tables;

using Spectre.Console;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan offers import</c>: brings other tools' price catalogs into our own format.</summary>
internal sealed class OffersImportCommand(IAnsiConsole console, TimeProvider clock)
{
    private static readonly CommandArgument Places = new("PLACE", "file, folder, zip or address (https) of the catalog") { IsList = true };

    private static readonly CommandOption<CatalogFormat> From = CommandOption.Needed(
        "from", Values.Choice<CatalogFormat>(), "whose format the catalog has") with
    {
        Example = "skypilot",
    };

    private static readonly CommandOption<string?> Provider = CommandOption.Text(
        "provider", "NAME", "provider, where the file's place does not name it") with
    {
        Example = "lambda",
    };

    private static readonly CommandOption<string?> Date = CommandOption.Text(
        "date", "DATE", "day or interval in which the prices were seen: YYYY-MM-DD or FROM/UNTIL") with
    {
        Example = "2026-10-01", Default = "up to today",
    };

    private static readonly CommandOption<bool> Replace = CommandOption.Flag("replace", "start afresh instead of merging into --out");

    private static readonly CommandOption<string> Out = CommandOption.Needed(
        "out", Values.Text("FILE"), "the price file to write; what it holds already is merged") with
    {
        Group = OptionGroup.Output, Example = "prices.csv",
    };

    private static readonly CommandOption<string?> Skipped = CommandOption.Text(
        "skipped", "FILE", "file (CSV) to write every skipped row to") with
    {
        Group = OptionGroup.Output, Example = "skipped.csv",
    };

    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command(
        "import", "Import price catalogs of SkyPilot, gpuhunt or our own format; merges into --out and reports skipped rows.")
    {
        Arguments = [Places],
        Options = [From, Provider, Date, Replace, Out, Skipped, OutputOptions.Format, .. DataOptions.All],
        Examples = ["slm-plan offers import --from skypilot --out prices.csv catalogs/v6"],
    }.DoneBy<OffersImportCommand>((command, given) => command.Import(given));

    /// <summary>Imports catalogs, merges them into the target and says what was left out.</summary>
    private int Import(Given given)
    {
        var (target, provider) = (given.Of(Out), given.Of(Provider));
        var facts = Facts(given);
        using var skipFile = given.Of(Skipped) is { } skipped ? new SkipFile(skipped) : null;
        var skips = new SkipLog(skipFile is null ? null : skipFile.Add);
        using var downloads = new DownloadFolder();
        var files = given.AllOf(Places).SelectMany(place => Files(place, downloads))
            .Select(file => provider is null ? file : file with { Provider = provider }).ToList();
        var existing = !given.Of(Replace) && File.Exists(target)
            ? OfferFiles.Read([target], facts.Devices, facts.Networks, facts.Providers).Offers : [];
        var import = OfferImport.Run(given.Of(From), files, existing, facts, skips);
        AtomicFile.WriteAllText(target, OfferFile.Write(import.Offers, facts.Devices));
        skipFile?.Complete();
        Console.Error.WriteLine(
            $"{target}: {import.Offers.Count} offers, {existing.Count} of them there before; read {import.Files} files, "
            + $"{import.Repeats} rows repeated an offer, {skips.Count} were skipped, {skips.WithoutGpu} had no GPU");
        ListingOutput.Print(Report(skips), given.Of(OutputOptions.Format), console, Console.Out, import.Findings);
        return ExitCode.Done;
    }

    private ImportFacts Facts(Given given)
    {
        var store = DataOptions.OpenProfiles(given);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var dates = given.Of(Date) is not { } date ? new PriceDates(null, today)
            : PriceDates.Parse(date) ?? throw new InputException(
                $"--date {date}: expected YYYY-MM-DD, YYYY-MM-DD/YYYY-MM-DD or ../YYYY-MM-DD");
        return new(store.Devices, store.Networks, new(store.Hosts), store.Providers, dates);
    }

    private static IReadOnlyList<CatalogFile> Files(string place, DownloadFolder downloads) =>
        CatalogFiles.Find(CatalogDownload.IsAddress(place) ? downloads.Fetch(place) : place, place);

    private static Listing<SkippedReason> Report(SkipLog skips) => new("skipped", "Skipped rows",
        [.. skips.Reasons.Select(reason => new SkippedReason(reason.Reason, reason.Count, [.. reason.First]))],
        new("reason", "Reason", row => row.Reason),
        new("rows", "Rows", row => row.Rows, IsNumber: true),
        new("first", "First of them", row => string.Join("; ",
            row.First.Select(first => $"{Path.GetFileName(first.File)}:{first.Line} {first.Subject}"))));

    private sealed record SkippedReason(string Reason, int Rows, IReadOnlyList<SkippedRow> First);
}
