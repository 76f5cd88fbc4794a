namespace SlmPlanner.Data.Store;

/// <summary>
/// The runs of the calibrator. Before there was a store they had a file of their own, with the same table without hashes: such a file
/// becomes a store where it stands when a run is added to it.
/// </summary>
internal static class RunTable
{
    /// <summary>The table.</summary>
    public static StoreTable Table { get; } = new(
        "run", "at", "machine", "device", "versions", "settings", "folder", "bursts", "held_out_error", "numbers");

    /// <summary>Makes it, or gives the rows of a file of before their hashes.</summary>
    public static void Make(StoreFile file)
    {
        file.Execute($"""
            CREATE TABLE IF NOT EXISTS run (
                id INTEGER PRIMARY KEY, at TEXT NOT NULL, machine TEXT NOT NULL, device TEXT NOT NULL, versions TEXT NOT NULL,
                settings TEXT NOT NULL, folder TEXT NOT NULL, bursts INTEGER NOT NULL, held_out_error REAL, numbers TEXT NOT NULL)
            """);
        file.Execute("ALTER TABLE run ADD COLUMN hash TEXT NOT NULL DEFAULT ''");
        foreach (var row in file.Rows($"SELECT {Table.ColumnList}, id FROM run").ToList())
            file.Execute("UPDATE run SET hash = $0 WHERE id = $1", RowHash.Of([.. row.SkipLast(1)]), row[^1]);
        file.Execute("CREATE INDEX run_hash ON run(hash)");
    }
}
