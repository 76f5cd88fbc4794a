using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Prices;
using SlmPlanner.Data.Store;

namespace SlmPlanner.Data.Catalogs.Refresh;

/// <summary>
/// Fetches catalogs and keeps what changed. A catalog that can't be fetched, or that is no catalog, leaves everything as it was.
/// </summary>
/// <param name="store">Where prices are kept.</param>
/// <param name="facts">What reading catalogs needs to know.</param>
/// <param name="fetch">Fetches.</param>
/// <param name="acceptFewer">True to take a catalog that lists less than half of what it listed before.</param>
public sealed class CatalogRefresh(PriceStore store, ImportFacts facts, CatalogFetch fetch, bool acceptFewer)
{
    private const int FewestToDoubt = 20;
    private const string Version = "{version}";

    /// <summary>Fetches one catalog.</summary>
    /// <param name="source">The catalog.</param>
    /// <param name="at">The time that its prices are kept under.</param>
    /// <param name="folder">A folder for the answer.</param>
    /// <param name="stop">Ends the fetch.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public async Task<RefreshOutcome> Run(CatalogSource source, DateTimeOffset at, string folder, CancellationToken stop)
    {
        try
        {
            var address = await Address(source, folder, stop);
            var file = Path.Combine(folder, "answer");
            var answer = await fetch.Fetch(address, file, store.MarkOf(address), stop);
            if (!answer.Changed)
            {
                store.Keep(source.Name, address, answer.Mark, prices: null, at);
                return new(source.Name, RefreshStatus.Unchanged) { Prices = store.Current(source.Name).Count };
            }
            var (prices, skipped) = Read(source, file, address, DateOnly.FromDateTime(at.UtcDateTime));
            Doubt(store.Current(source.Name).Count, prices.Count);
            return new(source.Name, RefreshStatus.Fetched)
            {
                Prices = prices.Count, Skipped = skipped, Changes = store.Keep(source.Name, address, answer.Mark, prices, at),
            };
        }
        catch (InputException exception)
        {
            return new(source.Name, RefreshStatus.Failed) { Problem = exception.Message, Prices = store.Current(source.Name).Count };
        }
    }

    private async Task<string> Address(CatalogSource source, string folder, CancellationToken stop)
    {
        if (source.VersionUrl is not { } versions)
            return source.Url;
        var file = Path.Combine(folder, "version");
        await fetch.Fetch(versions, file, known: null, stop);
        var version = (await File.ReadAllTextAsync(file, stop)).Trim();
        return version.Length is > 0 and <= 40 && version.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
            ? source.Url.Replace(Version, version, StringComparison.Ordinal)
            : throw new InputException($"{versions}: no version in the answer '{(version.Length > 40 ? version[..40] + "…" : version)}'");
    }

    private (Dictionary<PriceKey, double> Prices, int Skipped) Read(CatalogSource source, string file, string address, DateOnly today)
    {
        var skips = new SkipLog();
        var import = OfferImport.Run(source.Format, CatalogFiles.Find(file, address), [], facts with { Dates = PriceDates.On(today) },
            skips);
        var prices = new Dictionary<PriceKey, double>();
        foreach (var offer in import.Offers)
        {
            Add(offer, PriceKey.OnDemand, offer.OnDemandUsdPerHour);
            Add(offer, PriceKey.Spot, offer.SpotUsdPerHour);
        }
        return (prices, skips.Count);

        void Add(Offer offer, string kind, double? usdPerHour)
        {
            if (usdPerHour is { } price)
                prices[new(offer.Provider, offer.Gpu, offer.GpusPerNode, offer.Region, kind, PriceKey.Machine, offer.InstanceType)] = price;
        }
    }

    private void Doubt(int before, int now)
    {
        if (!acceptFewer && before >= FewestToDoubt && now < before / 2)
            throw new InputException($"it lists {now} prices, {before} before: perhaps it was cut short, so nothing was taken; "
                + $"--accept-fewer takes it");
    }
}

/// <summary>What came of one catalog.</summary>
/// <param name="Catalog">Its name.</param>
/// <param name="Status">Whether it was fetched.</param>
public sealed record RefreshOutcome(string Catalog, RefreshStatus Status)
{
    /// <summary>Prices that are kept of it now.</summary>
    public int Prices { get; init; }

    /// <summary>Rows that could not be read.</summary>
    public int Skipped { get; init; }

    /// <summary>What changed.</summary>
    public IReadOnlyList<PriceChange> Changes { get; init; } = [];

    /// <summary>Why it failed; empty otherwise.</summary>
    public string Problem { get; init; } = "";

    /// <summary>How many prices something happened to.</summary>
    public int Count(PriceEvent happened) => Changes.Count(change => change.Event == happened);
}

/// <summary>Whether a catalog was fetched.</summary>
public enum RefreshStatus
{
    /// <summary>It was, and read.</summary>
    Fetched,

    /// <summary>The server says that it is as before.</summary>
    Unchanged,

    /// <summary>It could not be fetched or read; what was known stays.</summary>
    Failed,
}
