using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Tables;

namespace SlmPlanner.Core.Cost;

/// <summary>Offers from one or more price files, checked, and what was found in checking.</summary>
public sealed record OfferCatalog
{
    private const int ProblemsShown = 10;

    /// <summary>The files' names.</summary>
    public required string Name { get; init; }

    /// <summary>The offers in the order of the files. At least one.</summary>
    public required IReadOnlyList<Offer> Offers { get; init; }

    /// <summary>Prices that were dropped, and why.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The earliest day any price may be from, as far as known.</summary>
    public DateOnly Oldest => Offers.Min(offer => offer.SeenFrom ?? offer.SeenUntil);

    /// <summary>The latest day any price was seen.</summary>
    public DateOnly Newest => Offers.Max(offer => offer.SeenUntil);

    /// <summary>Reads files in our own format.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="devices">Devices by spelling.</param>
    /// <param name="networks">Links of machines.</param>
    /// <exception cref="InputException">A row is wrong (the first ten are named), or no offer is left.</exception>
    public static OfferCatalog Read(IReadOnlyList<string> paths, DeviceCatalog devices, NetworkCatalog networks)
    {
        var (offers, findings) = (new List<Offer>(), new List<Finding>());
        foreach (var path in paths)
            using (var rows = CsvRows.Open(path))
                Read(rows, new(rows, devices, networks), offers, findings);
        return Make(string.Join(", ", paths.Select(path => Path.GetFileName(path))), offers, findings);
    }

    /// <summary>The same catalog with a network between machines where none is known, as the user states it.</summary>
    /// <param name="gbitS">Gbit/s per machine, one direction.</param>
    public OfferCatalog WithAssumedNetwork(double gbitS) => this with
    {
        Offers = [.. Offers.Select(offer => offer.WithAssumedNetwork(gbitS))],
    };

    internal static OfferCatalog Make(string name, IReadOnlyList<Offer> offers, IReadOnlyList<Finding> findings) => offers.Count > 0
        ? new() { Name = name, Offers = offers, Findings = findings }
        : throw new InputException($"{(name.Length == 0 ? "the price catalog" : name)} holds no offer: it needs a header and at least one priced row");

    private static void Read(CsvRows rows, OfferCsv csv, List<Offer> offers, List<Finding> findings)
    {
        var problems = new List<string>();
        while (rows.Next())
        {
            try
            {
                if (OfferRules.Check(csv.Read(), findings) is { } offer)
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
