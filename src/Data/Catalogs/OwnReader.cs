using SlmPlanner.Core;
using SlmPlanner.Data.Csv;
using SlmPlanner.Data.Offers;

namespace SlmPlanner.Data.Catalogs;

/// <summary>Reads our own format for merging: a faulty row is left out and reported, where a plan would refuse the file.</summary>
/// <param name="facts">What importing needs to know.</param>
/// <param name="pool">Where offers go.</param>
/// <param name="skips">Where rows go that can't be imported.</param>
internal sealed class OwnReader(ImportFacts facts, OfferPool pool, SkipLog skips)
{
    /// <summary>Reads one file.</summary>
    /// <exception cref="InputException">It is no price file, or unreadable from some line on.</exception>
    public void Read(CatalogFile file)
    {
        using var rows = CsvRows.Read(file.Open(), file.Name);
        var csv = new OfferCsv(rows, facts.Devices, facts.Networks);
        while (rows.Next())
        {
            try
            {
                pool.Add(csv.Read());
            }
            catch (InputException exception)
            {
                skips.Add(file.Name, rows.Line, "malformed row", exception.Message);
            }
        }
    }
}
