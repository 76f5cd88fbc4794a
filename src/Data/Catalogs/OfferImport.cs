using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Data.Offers;

namespace SlmPlanner.Data.Catalogs;

/// <summary>What an import gave.</summary>
/// <param name="Offers">The offers, in a fixed order.</param>
/// <param name="Findings">Prices that were dropped, and what the prices leave out.</param>
/// <param name="Files">Texts read.</param>
/// <param name="Repeats">Rows that were put into another row's offer.</param>
public sealed record OfferImport(IReadOnlyList<Offer> Offers, IReadOnlyList<Finding> Findings, int Files, int Repeats)
{
    /// <summary>Reads catalogs and merges them.</summary>
    /// <param name="format">Their format.</param>
    /// <param name="files">Their texts.</param>
    /// <param name="existing">Offers to merge into.</param>
    /// <param name="facts">What importing needs to know.</param>
    /// <param name="skips">Where rows go that can't be imported.</param>
    /// <exception cref="InputException">A text is no catalog of that format, or no offer is left.</exception>
    public static OfferImport Run(CatalogFormat format,
        IReadOnlyList<CatalogFile> files, IEnumerable<Offer> existing, ImportFacts facts, SkipLog skips)
    {
        var pool = new OfferPool();
        foreach (var offer in existing)
            pool.Add(offer);
        foreach (var file in files)
            Reader(format, facts, pool, skips)(file);
        var findings = new List<Finding>();
        var believable = pool.Offers.Select(offer => OfferRules.Check(offer, facts.Providers, findings)).OfType<Offer>().ToList();
        var offers = CommittedUsePrices.Drop(believable, facts.Devices, facts.Providers, findings).ToList();
        findings.AddRange(LeftOut(offers, facts.Providers));
        return offers.Count > 0
            ? new(offers, findings, files.Count, pool.Repeats)
            : throw new InputException($"no offer could be imported: {skips.Count} rows were skipped{FirstReason(skips)}, "
                + $"{skips.WithoutGpu} had no GPU");
    }

    private static Action<CatalogFile> Reader(CatalogFormat format, ImportFacts facts, OfferPool pool, SkipLog skips) => format switch
    {
        CatalogFormat.Skypilot => new SkypilotReader(facts, pool, skips).Read,
        CatalogFormat.Gpuhunt => new GpuhuntReader(facts, pool, skips).Read,
        _ => new OwnReader(facts, pool, skips).Read,
    };

    private static string FirstReason(SkipLog skips) =>
        skips.Reasons.Select(reason => $" (first: {reason.First[0].File}, line {reason.First[0].Line}: {reason.Reason}, "
            + $"{reason.First[0].Subject})").FirstOrDefault() ?? "";

    /// <summary>Costs that a provider's catalog is known to leave out.</summary>
    private static IEnumerable<Finding> LeftOut(IReadOnlyList<Offer> offers, ProviderFacts providers) =>
        from offer in offers
        from prefix in providers.Of(offer.Provider).DisksNotPriced ?? []
        where offer.InstanceType.StartsWith(prefix, StringComparison.Ordinal)
        group offer by (offer.Provider, Prefix: prefix) into machines
        select new LocalDisksNotPriced(machines.Key.Provider, machines.Key.Prefix, machines.Count());
}

/// <summary>What importing needs to know beside the catalog itself.</summary>
/// <param name="Devices">Devices by spelling.</param>
/// <param name="Networks">Links of machines, and provider names.</param>
/// <param name="Hosts">Machines that carry accelerators which are priced apart.</param>
/// <param name="Providers">How catalogs of single providers differ.</param>
/// <param name="Dates">When the catalog's prices were seen, where the catalog does not say.</param>
public sealed record ImportFacts(
    DeviceCatalog Devices, NetworkCatalog Networks, AcceleratorHosts Hosts, ProviderFacts Providers, PriceDates Dates);

/// <summary>A price catalog format that can be imported.</summary>
public enum CatalogFormat
{
    /// <summary>SkyPilot's <c>vms.csv</c>, one folder per cloud.</summary>
    Skypilot,

    /// <summary>gpuhunt's <c>PROVIDER.csv</c>, also inside its <c>catalog.zip</c>.</summary>
    Gpuhunt,

    /// <summary>Our own (<c>OfferCsv</c>).</summary>
    Csv,
}
