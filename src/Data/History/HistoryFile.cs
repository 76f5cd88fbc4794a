using Microsoft.Data.Sqlite;
using SlmPlanner.Core;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Data.History;

/// <summary>An open SQLite file of runs. Its version is SQLite's <c>user_version</c>.</summary>
internal sealed class HistoryFile : IDisposable
{
    /// <summary>The table that holds a row for each run.</summary>
    public const string Table = "run";

    /// <summary>The version of the table that is written and read.</summary>
    public const int CurrentVersion = 1;
    private readonly string _path;
    private readonly SqliteConnection _connection;

    private HistoryFile(string path, SqliteOpenMode mode)
    {
        _path = path;
        var address = new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false };
        _connection = new SqliteConnection(address.ToString());
    }

    /// <summary>True once a program has made the table.</summary>
    public bool HasTable
    {
        get
        {
            using var command = Command($"SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '{Table}'");
            return (long)command.ExecuteScalar()! > 0;
        }
    }

    /// <summary>Opens a file and checks or prepares it.</summary>
    /// <exception cref="InputException">The file can't be opened.</exception>
    public static HistoryFile Open(string path, SqliteOpenMode mode, Action<HistoryFile> prepare)
    {
        var file = new HistoryFile(path, mode);
        try
        {
            file._connection.Open();
            prepare(file);
            return file;
        }
        catch (Exception exception)
        {
            file.Dispose();
            if (exception is SqliteException)
                throw new InputException($"cannot open the history {path}: {exception.Message}", exception);
            throw;
        }
    }

    /// <summary>Files of the first programs, and new ones, state no version: they are of version 1.</summary>
    /// <exception cref="InputException">A newer program wrote the file.</exception>
    public void CheckVersion()
    {
        using var command = Command("PRAGMA user_version");
        var stated = (long)command.ExecuteScalar()!;
        FormatVersion.Check(stated == 0 ? CurrentVersion : stated, CurrentVersion, _path);
    }

    public SqliteCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();
}
