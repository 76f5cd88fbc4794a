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

    /// <summary>The offers of one or more files.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="devices">Devices by spelling.</param>
    /// <param name="networks">Links of machines.</param>
    /// <param name="providers">How catalogs of single providers differ.</param>
    /// <exception cref="InputException">A row is wrong (the first ten are named), or no offer is left.</exception>
    public static OfferCatalog Read(IReadOnlyList<string> paths, DeviceCatalog devices, NetworkCatalog networks, ProviderFacts providers)
    {
        var (offers, findings) = (new List<Offer>(), new List<Finding>());
        foreach (var path in paths)
            using (var rows = CsvRows.Open(path))
                Read(rows, new(rows, devices, networks), providers, offers, findings);
        return OfferCatalog.Make(string.Join(", ", paths.Select(path => Path.GetFileName(path))), offers, findings);
    }

    private static void Read(CsvRows rows, OfferCsv csv, ProviderFacts providers, List<Offer> offers, List<Finding> findings)
    {
        var problems = new List<string>();
        while (rows.Next())
        {
            try
            {
                if (OfferRules.Check(csv.Read(), providers, findings) is { } offer)
                    offers.Add(offer);
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
