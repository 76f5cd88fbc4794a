using System.Globalization;
using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Prices;
using SlmPlanner.Data.Catalogs;

namespace SlmPlanner.Data.Store;

/// <summary>
/// The prices that a user fetched, in the same file as the evidence: append-only. Only what changed is written; that the rest still held
/// follows from the looks.
/// </summary>
public sealed class PriceStore : IDisposable
{
    private readonly StoreFile _file;

    private PriceStore(StoreFile file) => _file = file;

    /// <summary>Opens a store to add to it; it is made where there is none.</summary>
    /// <exception cref="InputException">It can't be opened or written, is no store, or a newer program wrote it.</exception>
    public static PriceStore OpenToAdd(string path) => new(StoreFile.OpenToAdd(path));

    /// <summary>Opens a store to read it; its file stays as it is.</summary>
    /// <exception cref="InputException">It is missing, can't be opened, is no store, or a newer program wrote it.</exception>
    public static PriceStore OpenToRead(string path) => new(StoreFile.OpenToRead(path));

    /// <summary>How the server marked the last answer of an address; null when it was never asked.</summary>
    public CatalogMark? MarkOf(string address) => _file.Rows(
        "SELECT etag, modified FROM price_look WHERE address = $0 ORDER BY at DESC LIMIT 1", address)
        .Select(row => new CatalogMark((string?)row[0], (string?)row[1])).FirstOrDefault();

    /// <summary>The prices that a catalog listed at the last look.</summary>
    public IReadOnlyDictionary<PriceKey, double> Current(string catalog)
    {
        var current = new Dictionary<PriceKey, double>();
        foreach (var row in _file.Rows($"SELECT {PriceTables.Price.ColumnList} FROM price WHERE catalog = $0 ORDER BY at", catalog))
        {
            if (row[9] is double price)
                current[Key(row)] = price;
            else
                current.Remove(Key(row));
        }
        return current;
    }

    /// <summary>Keeps what a look at a catalog found, all or nothing, and returns what changed. On the disk when it returns.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="address">Where it was fetched.</param>
    /// <param name="mark">How the server marked the answer.</param>
    /// <param name="prices">What it lists; null when the server said that nothing changed.</param>
    /// <param name="at">When.</param>
    /// <exception cref="InputException">The file can't be written.</exception>
    public IReadOnlyList<PriceChange> Keep(
        string catalog, string address, CatalogMark mark, IReadOnlyDictionary<PriceKey, double>? prices, DateTimeOffset at) =>
        _file.Write(() =>
    {
        var before = Current(catalog);
        var changes = prices is null ? [] : PriceChange.Between(before, prices);
        var time = Text(at);
        foreach (var change in changes)
        {
            var key = change.Key;
            _file.Append(PriceTables.Price, catalog, time, key.Provider, key.Gpu, (long)key.Gpus, key.Region, key.Kind, key.Basis,
                key.InstanceType, change.After, address);
        }
        _file.Append(PriceTables.Look, catalog, time, address, mark.ETag, mark.Modified, (long)(prices ?? before).Count);
        return changes;
    });

    /// <summary>Every price with the day it was first seen and the last day it still held.</summary>
    public IReadOnlyList<PricePoint> Points()
    {
        var looks = _file.Rows("SELECT catalog, at FROM price_look ORDER BY at")
            .GroupBy(row => (string)row[0]!, row => (string)row[1]!).ToDictionary(group => group.Key, group => group.ToList());
        return
        [
            .. _file.Rows($"SELECT {PriceTables.Price.ColumnList} FROM price ORDER BY at").ToList()
                .GroupBy(row => (Catalog: (string)row[0]!, Key: Key(row)))
                .SelectMany(rows => Points(rows.Key.Key, [.. rows], looks[rows.Key.Catalog])),
        ];
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static IEnumerable<PricePoint> Points(PriceKey key, IReadOnlyList<object?[]> rows, IReadOnlyList<string> looks)
    {
        for (var index = 0; index < rows.Count; index++)
        {
            var until = index + 1 < rows.Count ? (string)rows[index + 1][1]! : null;
            var last = looks.LastOrDefault(look => until is null || string.CompareOrdinal(look, until) < 0) ?? (string)rows[index][1]!;
            yield return new(key, Day((string)rows[index][1]!), (double?)rows[index][9], (string)rows[index][10]!) { LastDay = Day(last) };
        }
    }

    private static PriceKey Key(object?[] row) => new(
        (string)row[2]!, (string)row[3]!, (int)(long)row[4]!, (string)row[5]!, (string)row[6]!, (string)row[7]!, (string)row[8]!);

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static DateOnly Day(string time) => DateOnly.ParseExact(time[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
