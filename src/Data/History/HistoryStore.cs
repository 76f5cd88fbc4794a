using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SlmPlanner.Core;
using SlmPlanner.Data.Json;


namespace SlmPlanner.Data.History;

/// <summary>Keeps runs of this user in one SQLite file; <see cref="HistoryReader"/> reads them.</summary>
public sealed class HistoryStore : IDisposable
{
    private readonly HistoryFile _file;

    /// <summary>Opens the file to add runs, and makes it and its table where there is none.</summary>
    /// <exception cref="InputException">The file can't be opened, or a newer program wrote it.</exception>
    public HistoryStore(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot open the history {path}: {exception.Message}", exception);
        }
        _file = HistoryFile.Open(path, SqliteOpenMode.ReadWriteCreate, MakeTable);
    }

    /// <summary>The usual place: <c>slm-planner/history.db</c> in the user's folder for application data.</summary>
    public static string DefaultPath => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "slm-planner", "history.db");

    /// <summary>Keeps a run and returns its number.</summary>
    public long Add(HistoryEntry entry)
    {
        using var command = _file.Command($"""
            INSERT INTO {HistoryFile.Table} (at, machine, device, versions, settings, folder, bursts, held_out_error, numbers)
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

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static void MakeTable(HistoryFile file)
    {
        file.CheckVersion();
        using var command = file.Command($"""
            PRAGMA user_version = {HistoryFile.CurrentVersion};
            CREATE TABLE IF NOT EXISTS {HistoryFile.Table} (
                id INTEGER PRIMARY KEY, at TEXT NOT NULL, machine TEXT NOT NULL, device TEXT NOT NULL, versions TEXT NOT NULL,
                settings TEXT NOT NULL, folder TEXT NOT NULL, bursts INTEGER NOT NULL, held_out_error REAL, numbers TEXT NOT NULL)
            """);
        command.ExecuteNonQuery();
    }
}
