using System.Globalization;
using System.Text.Json;
using SlmPlanner.Core;
using SlmPlanner.Data.Store;

namespace SlmPlanner.Data.History;

/// <summary>
/// The runs kept in a store, or in a history of before there were stores; reading leaves the file as it is. A file that is not there is a
/// history without runs.
/// </summary>
public sealed class HistoryReader : IDisposable
{
    private readonly StoreFile? _file;

    /// <summary>Opens the file to read.</summary>
    /// <exception cref="InputException">The file can't be opened, or a newer program wrote it.</exception>
    public HistoryReader(string path) => _file = File.Exists(path) ? StoreFile.OpenToRead(path) : null;

    /// <summary>All runs, oldest first.</summary>
    public IReadOnlyList<HistoryEntry> All() => _file is null ? []
        : [.. _file.Rows($"SELECT id, {RunTable.Table.ColumnList} FROM {RunTable.Table.Name} ORDER BY id").Select(Entry)];

    /// <summary>One run by number.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public HistoryEntry Get(long id) =>
        All().FirstOrDefault(entry => entry.Id == id) ?? throw new InputException($"the history has no run {id}");

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private static HistoryEntry Entry(object?[] row) => new()
    {
        Id = (long)row[0]!,
        At = DateTimeOffset.Parse((string)row[1]!, CultureInfo.InvariantCulture),
        Machine = (string)row[2]!,
        Device = (string)row[3]!,
        Versions = (string)row[4]!,
        Settings = (string)row[5]!,
        Folder = (string)row[6]!,
        Bursts = checked((int)(long)row[7]!),
        HeldOutError = (double?)row[8],
        Numbers = JsonSerializer.Deserialize<Dictionary<string, double>>((string)row[9]!)!,
    };
}
