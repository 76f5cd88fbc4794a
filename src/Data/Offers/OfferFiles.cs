using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Data.Csv;

namespace SlmPlanner.Data.Offers;

/// <summary>Reads price files in our own format.</summary>
public static class OfferFiles
{
    private const int ProblemsShown = 10;

    /// <summary>The offers of one or more files: of rows of one offer the newest (<see cref="NewestPrices"/>).</summary>
    /// <param name="paths">The files.</param>
    /// <param name="devices">Devices by spelling.</param>
    /// <param name="networks">Links of machines.</param>
    /// <param name="providers">How catalogs of single providers differ.</param>
    /// <exception cref="InputException">A row is wrong (the first ten are named), or no offer is left.</exception>
    public static OfferCatalog Read(IReadOnlyList<string> paths, DeviceCatalog devices, NetworkCatalog networks, ProviderFacts providers) =>
        Newest(paths, Rows(paths, devices, networks), providers);

    /// <summary>Those of rows that were read.</summary>
    /// <param name="paths">The files they are of.</param>
    /// <param name="rows">Every row of the files.</param>
    /// <param name="providers">How catalogs of single providers differ.</param>
    /// <param name="more">Offers of elsewhere, put over those of the files where they are newer.</param>
    /// <exception cref="InputException">No offer is left.</exception>
    public static OfferCatalog Newest(
        IReadOnlyList<string> paths, IReadOnlyList<Offer> rows, ProviderFacts providers, params IEnumerable<Offer> more)
    {
        var findings = new List<Finding>();
        var offers = NewestPrices.Of([.. rows, .. more])
            .Select(offer => OfferRules.Check(offer, providers, findings)).OfType<Offer>().ToList();
        return OfferCatalog.Make(string.Join(", ", paths.Select(path => Path.GetFileName(path))), offers, findings);
    }

    /// <summary>Every row, the older ones of an offer too, as it stands: history.</summary>
    /// <exception cref="InputException">A row is wrong; the first ten are named.</exception>
    public static IReadOnlyList<Offer> Rows(IReadOnlyList<string> paths, DeviceCatalog devices, NetworkCatalog networks)
    {
        var read = new List<Offer>();
        foreach (var path in paths)
            using (var rows = CsvRows.Open(path))
                Read(rows, new(rows, devices, networks), read);
        return read;
    }

    private static void Read(CsvRows rows, OfferCsv csv, List<Offer> offers)
    {
        var problems = new List<string>();
        while (rows.Next())
        {
            try
            {
                offers.Add(csv.Read());
            }
            catch (InputException exception)
            {
                problems.Add(exception.Message);
            }
        }
        if (problems.Count > 0)
            throw new InputException(string.Join('\n', problems.Take(ProblemsShown))
                + (problems.Count > ProblemsShown ? $"\nand {problems.Count - ProblemsShown} more rows like these" : ""));
    }
}
