using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SlmPlanner.Core;

namespace SlmPlanner.Data.History;

/// <summary>The runs kept in a file, which reading leaves as it is. A file that is not there is a history without runs.</summary>
public sealed class HistoryReader : IDisposable
{
    private const string Columns = "id, at, machine, device, versions, settings, folder, bursts, held_out_error, numbers";
    private readonly HistoryFile? _file;

    /// <summary>Opens the file to read.</summary>
    /// <exception cref="InputException">The file can't be opened, or a newer program wrote it.</exception>
    public HistoryReader(string path) =>
        _file = File.Exists(path) ? HistoryFile.Open(path, SqliteOpenMode.ReadOnly, file => file.CheckVersion()) : null;

    /// <summary>All runs, oldest first.</summary>
    public IReadOnlyList<HistoryEntry> All()
    {
        if (_file is null || !_file.HasTable)
            return [];
        using var command = _file.Command($"SELECT {Columns} FROM {HistoryFile.Table} ORDER BY id");
        using var reader = command.ExecuteReader();
        List<HistoryEntry> entries = [];
        while (reader.Read())
            entries.Add(Entry(reader));
        return entries;
    }

    /// <summary>One run by number.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public HistoryEntry Get(long id) =>
        All().FirstOrDefault(entry => entry.Id == id) ?? throw new InputException($"the history has no run {id}");

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private static HistoryEntry Entry(SqliteDataReader reader) => new()
    {
        Id = reader.GetInt64(0),
        At = DateTimeOffset.Parse(reader.GetString(1), CultureInfo.InvariantCulture),
        Machine = reader.GetString(2),
        Device = reader.GetString(3),
        Versions = reader.GetString(4),
        Settings = reader.GetString(5),
        Folder = reader.GetString(6),
        Bursts = reader.GetInt32(7),
        HeldOutError = reader.IsDBNull(8) ? null : reader.GetDouble(8),
        Numbers = JsonSerializer.Deserialize<Dictionary<string, double>>(reader.GetString(9))!,
    };
}
