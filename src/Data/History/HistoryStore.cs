using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SlmPlanner.Core;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Data.History;

/// <summary>All runs of this user in one SQLite file.</summary>
public sealed class HistoryStore : IDisposable
{
    private const string Columns = "id, at, machine, device, versions, settings, folder, bursts, held_out_error, numbers";

    /// <summary>The version of the table that is written and read, kept in SQLite's <c>user_version</c>.</summary>
    private const int CurrentVersion = 1;
    private readonly SqliteConnection _connection;

    /// <summary>Opens the file and makes the table where there is none.</summary>
    /// <exception cref="InputException">The file can't be opened, or a newer program wrote it.</exception>
    public HistoryStore(string path)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
                Directory.CreateDirectory(folder);
            _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
            _connection.Open();
            using var command = Command($"""
                PRAGMA user_version = {CheckedVersion(path)};
                CREATE TABLE IF NOT EXISTS run (
                    id INTEGER PRIMARY KEY, at TEXT NOT NULL, machine TEXT NOT NULL, device TEXT NOT NULL, versions TEXT NOT NULL,
                    settings TEXT NOT NULL, folder TEXT NOT NULL, bursts INTEGER NOT NULL, held_out_error REAL, numbers TEXT NOT NULL)
                """);
            command.ExecuteNonQuery();
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot open the history {path}: {exception.Message}", exception);
        }
    }

    /// <summary>The usual place: <c>slm-planner/history.db</c> in the user's folder for application data.</summary>
    public static string DefaultPath => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "slm-planner", "history.db");

    /// <summary>Keeps a run and returns its number.</summary>
    public long Add(HistoryEntry entry)
    {
        using var command = Command("""
            INSERT INTO run (at, machine, device, versions, settings, folder, bursts, held_out_error, numbers)
            VALUES ($at, $machine, $device, $versions, $settings, $folder, $bursts, $error, $numbers) RETURNING id
            """);
        command.Parameters.AddWithValue("$at", entry.At.ToString("O", CultureInfo.InvariantCulture));
        command.Parameters.AddWithValue("$machine", entry.Machine);
        command.Parameters.AddWithValue("$device", entry.Device);
        command.Parameters.AddWithValue("$versions", entry.Versions);
        command.Parameters.AddWithValue("$settings", entry.Settings);
        command.Parameters.AddWithValue("$folder", entry.Folder);
        command.Parameters.AddWithValue("$bursts", entry.Bursts);
        command.Parameters.AddWithValue("$error", entry.HeldOutError is { } error ? error : DBNull.Value);
        command.Parameters.AddWithValue("$numbers", JsonSerializer.Serialize(entry.Numbers));
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>All runs, oldest first.</summary>
    public IReadOnlyList<HistoryEntry> All()
    {
        using var command = Command($"SELECT {Columns} FROM run ORDER BY id");
        using var reader = command.ExecuteReader();
        List<HistoryEntry> entries = [];
        while (reader.Read())
            entries.Add(Entry(reader));
        return entries;
    }

    /// <summary>One run by number.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public HistoryEntry Get(long id)
    {
        using var command = Command($"SELECT {Columns} FROM run WHERE id = $id");
        command.Parameters.AddWithValue("$id", id);
        using var reader = command.ExecuteReader();
        return reader.Read() ? Entry(reader) : throw new InputException($"the history has no run {id}");
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

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

    /// <summary>The version to state: 1 where none is stated yet, in a new file and in those of the first programs.</summary>
    private int CheckedVersion(string path)
    {
        using var command = Command("PRAGMA user_version");
        var stated = (long)command.ExecuteScalar()!;
        FormatVersion.Check(stated == 0 ? CurrentVersion : stated, CurrentVersion, path);
        return CurrentVersion;
    }

    private SqliteCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
