namespace SlmPlanner.Data.Store;

/// <summary>
/// A table of the store. Rows are only ever added, and each bears a hash of its content (<see cref="RowHash"/>), so that two stores merge
/// by union whatever they hold. Its SQL table has the column <c>hash</c> and these.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">The columns that are content, in the order of the hash. New ones are added at the end by a new table.</param>
internal sealed record StoreTable(string Name, params IReadOnlyList<string> Columns)
{
    /// <summary>The columns as SQL lists them.</summary>
    public string ColumnList => string.Join(", ", Columns.Select(Quoted));

    /// <summary>A column's name in quotes: <c>by</c> and <c>at</c> are words of SQL.</summary>
    public static string Quoted(string column) => $"\"{column}\"";
}
