namespace SlmPlanner.Data.Store;

/// <summary>Brings what another store holds into one: a union of rows by their hashes, the same whichever is merged into which.</summary>
internal static class StoreMerge
{
    /// <summary>Adds the rows of a file that a store lacks, and returns how many by table. The other file stays as it is.</summary>
    /// <exception cref="Core.InputException">The other file is missing or no store.</exception>
    public static IReadOnlyDictionary<string, int> Into(StoreFile store, string otherPath)
    {
        using var other = StoreFile.OpenToRead(otherPath);
        return store.Write(() => StoreMigrations.Tables.ToDictionary(
            table => table.Name,
            table => other.Rows($"SELECT {table.ColumnList} FROM {table.Name} ORDER BY rowid").Count(row => store.AddNew(table, row))));
    }
}
