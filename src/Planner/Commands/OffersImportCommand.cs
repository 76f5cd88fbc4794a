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
    /// <summary>Imports catalogs, merges them into the target and says what was left out.</summary>
    [Command("import", Description = "Import price catalogs of SkyPilot, gpuhunt or our own format; merges into --out and reports skipped rows.")]
    public int Import(
        CommonOptions common,
        [Option("from", Description = "skypilot, gpuhunt or csv")] CatalogFormat source,
        [Option(Description = "the price file to write; what it holds already is merged")] string @out,
        [Argument(Description = "file, folder, zip or address (https) of the catalog")] string[] places,
        [Option(Description = "provider, where the file's place does not name it")] string? provider = null,
        [Option(Description = "day or interval in which the prices were seen: YYYY-MM-DD or FROM/UNTIL")] string? date = null,
        [Option(Description = "start afresh instead of merging into --out")] bool replace = false,
        [Option(Description = "file (CSV) to write every skipped row to")] string? skipped = null,
        [Option(Description = "table, json, csv or md")] OutputFormat format = OutputFormat.Table)
    {
        var facts = Facts(common, date);
        using var skipFile = skipped is null ? null : new SkipFile(skipped);
        var skips = new SkipLog(skipFile is null ? null : skipFile.Add);
        using var downloads = new DownloadFolder();
        var files = places.SelectMany(place => Files(place, downloads)).Select(file => provider is null ? file : file with { Provider = provider }).ToList();
        var existing = !replace && File.Exists(@out) ? OfferFiles.Read([@out], facts.Devices, facts.Networks, facts.Providers).Offers : [];
        var import = OfferImport.Run(source, files, existing, facts, skips);
        AtomicFile.WriteAllText(@out, OfferFile.Write(import.Offers, facts.Devices));
        skipFile?.Complete();
        Console.Error.WriteLine($"{@out}: {import.Offers.Count} offers, {existing.Count} of them there before; read {import.Files} files, {import.Repeats} rows repeated an offer, {skips.Count} were skipped, {skips.WithoutGpu} had no GPU");
        ListingOutput.Print(Report(skips), format, console, Console.Out, import.Findings);
        return ExitCode.Done;
    }

    private ImportFacts Facts(CommonOptions common, string? date)
    {
        var store = common.OpenProfiles();
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var dates = date is null ? new PriceDates(null, today)
            : PriceDates.Parse(date) ?? throw new InputException($"--date {date}: expected YYYY-MM-DD, YYYY-MM-DD/YYYY-MM-DD or ../YYYY-MM-DD");
        return new(store.Devices, store.Networks, new(store.Hosts), store.Providers, dates);
    }

    private static IReadOnlyList<CatalogFile> Files(string place, DownloadFolder downloads) =>
        CatalogFiles.Find(CatalogDownload.IsAddress(place) ? downloads.Fetch(place) : place, place);

    private static Listing<SkippedReason> Report(SkipLog skips) => new("skipped", "Skipped rows",
        [.. skips.Reasons.Select(reason => new SkippedReason(reason.Reason, reason.Count, [.. reason.First]))],
        new("reason", "Reason", row => row.Reason),
        new("rows", "Rows", row => row.Rows, IsNumber: true),
        new("first", "First of them", row => string.Join("; ", row.First.Select(first => $"{Path.GetFileName(first.File)}:{first.Line} {first.Subject}"))));

    private sealed record SkippedReason(string Reason, int Rows, IReadOnlyList<SkippedRow> First);
}
