
namespace SlmPlanner.Data.Store;

/// <summary>Prices that were fetched, in the store: what changed, and every look at a catalog. Rows are only ever added.</summary>
internal static class PriceTables
{
    /// <summary>
    /// A price that differs from the one before, as it was found <c>at</c> a time in a <c>catalog</c>; <c>usd_per_hour</c> is for all
    /// <c>gpus</c>, and null when it is listed no more.
    /// </summary>
    public static StoreTable Price { get; } = new(
        "price", "catalog", "at", "provider", "gpu", "gpus", "region", "kind", "basis", "instance_type", "usd_per_hour", "source");

    /// <summary>
    /// A look at a catalog: when, where, how the server marked its answer, and how many prices there were. All others held then.
    /// </summary>
    public static StoreTable Look { get; } = new("price_look", "catalog", "at", "address", "etag", "modified", "prices");

    /// <summary>The two.</summary>
    public static IReadOnlyList<StoreTable> All { get; } = [Price, Look];

    /// <summary>Makes them.</summary>
    public static void Make(StoreFile file) => file.Execute("""
        CREATE TABLE price (hash TEXT PRIMARY KEY, catalog TEXT NOT NULL, at TEXT NOT NULL, provider TEXT NOT NULL, gpu TEXT NOT NULL,
            gpus INTEGER NOT NULL, region TEXT NOT NULL, kind TEXT NOT NULL, basis TEXT NOT NULL, instance_type TEXT NOT NULL,
            usd_per_hour REAL, source TEXT NOT NULL);
        CREATE TABLE price_look (hash TEXT PRIMARY KEY, catalog TEXT NOT NULL, at TEXT NOT NULL, address TEXT NOT NULL, etag TEXT,
            modified TEXT, prices INTEGER NOT NULL);
        CREATE INDEX price_catalog ON price(catalog, at);
        """);
}
