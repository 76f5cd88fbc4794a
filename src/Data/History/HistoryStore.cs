using System.Globalization;
using System.Text.Json;
using SlmPlanner.Core;
using SlmPlanner.Data.Store;

namespace SlmPlanner.Data.History;

/// <summary>
/// Keeps the runs of the calibrator in a store; <see cref="HistoryReader"/> reads them. A history of before becomes a store where it
/// stands.
/// </summary>
public sealed class HistoryStore : IDisposable
{
    private readonly StoreFile _file;

    /// <summary>Opens the file to add runs, and makes it where there is none.</summary>
    /// <exception cref="InputException">The file can't be opened, or a newer program wrote it.</exception>
    public HistoryStore(string path) => _file = StoreFile.OpenToAdd(path);

    /// <summary>Keeps a run and returns its number.</summary>
    /// <exception cref="InputException">The file can't be written.</exception>
    public long Add(HistoryEntry entry) => _file.Write(() =>
    {
        _file.Append(
            RunTable.Table, entry.At.ToString("O", CultureInfo.InvariantCulture), entry.Machine, entry.Device, entry.Versions,
            entry.Settings,
            entry.Folder, (long)entry.Bursts, entry.HeldOutError, JsonSerializer.Serialize(entry.Numbers));
        return _file.Number("SELECT last_insert_rowid()");
    });

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
