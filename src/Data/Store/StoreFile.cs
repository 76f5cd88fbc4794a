using Microsoft.Data.Sqlite;
using SlmPlanner.Core;

namespace SlmPlanner.Data.Store;

/// <summary>
/// An open store: one SQLite file. What a call has written when it returns is on the disk: the rollback journal is synced with the folder
/// (<c>synchronous = EXTRA</c>), so that neither the end of the process nor of power loses it, and there is never a second file to copy
/// along, as a write-ahead log would be. Other processes wait for each other.
/// </summary>
internal sealed class StoreFile : IDisposable
{
    private const int BusyMilliseconds = 30_000;
    private readonly SqliteConnection _connection;

    private StoreFile(string path, string address, SqliteOpenMode mode)
    {
        Path = path;
        _connection = new(new SqliteConnectionStringBuilder { DataSource = address, Mode = mode, Pooling = false }.ToString());
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Opens a store to add to it, made where there is none and brought up to this program's version.</summary>
    /// <exception cref="InputException">It can't be opened or written, is no store, or a newer program wrote it.</exception>
    public static StoreFile OpenToAdd(string path) => Told(path, "open", () =>
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        return Prepared(new(path, path, SqliteOpenMode.ReadWriteCreate), file => file.Migrate());
    });

    /// <summary>
    /// Opens a store to read it, which leaves it as it is: one of an older program is read from a copy in memory that is brought up to
    /// date.
    /// It is opened as for writing all the same, since what a killed process left half done must be taken back first.
    /// </summary>
    /// <exception cref="InputException">It is missing, can't be opened, is no store, or a newer program wrote it.</exception>
    public static StoreFile OpenToRead(string path) => Told(path, "open", () =>
    {
        if (!File.Exists(path))
            throw new InputException($"{path}: no such file");
        var file = Prepared(new(path, path, SqliteOpenMode.ReadWrite), _ => { });
        if (StoreVersion.Of(file) == StoreMigrations.CurrentVersion)
        {
            file.Execute("PRAGMA query_only = ON");
            return file;
        }
        using (file)
            return Prepared(new(path, ":memory:", SqliteOpenMode.Memory), copy =>
            {
                file._connection.BackupDatabase(copy._connection);
                copy.Migrate();
            });
    });

    /// <summary>Does something as one whole: all of it is kept or nothing.</summary>
    /// <exception cref="InputException">The file can't be written.</exception>
    public T Write<T>(Func<T> work) => Told(Path, "write", () =>
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        var result = work();
        transaction.Commit();
        return result;
    });

    /// <summary>Runs a statement with its parameters <c>$0</c>, <c>$1</c>, … and returns how many rows it changed.</summary>
    public int Execute(string sql, params IReadOnlyList<object?> values)
    {
        using var command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>The rows of a query, each with its values in the order of the columns; null for none.</summary>
    public IEnumerable<object?[]> Rows(string sql, params IReadOnlyList<object?> values)
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        while (reader.Read())
            yield return [.. Enumerable.Range(0, reader.FieldCount)
                .Select(column => reader.IsDBNull(column) ? null : reader.GetValue(column))];
    }

    /// <summary>The only value of a query.</summary>
    public long Number(string sql, params IReadOnlyList<object?> values) => (long)Rows(sql, values).Single()[0]!;

    /// <summary>Adds a row whatever is there.</summary>
    public void Append(StoreTable table, params IReadOnlyList<object?> values) => Execute(
        $"INSERT INTO {table.Name} (hash, {table.ColumnList}) VALUES ({Places(table)})", [RowHash.Of(values), .. values]);

    /// <summary>Adds a row unless one of the same content is there; whether it was added.</summary>
    public bool AddNew(StoreTable table, params IReadOnlyList<object?> values) => Execute(
        $"""
        INSERT INTO {table.Name} (hash, {table.ColumnList}) SELECT {Places(table)}
        WHERE NOT EXISTS (SELECT 1 FROM {table.Name} WHERE hash = $0)
        """, [RowHash.Of(values), .. values]) > 0;

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private static string Places(StoreTable table) =>
        string.Join(", ", Enumerable.Range(0, table.Columns.Count + 1).Select(place => $"${place}"));

    private static StoreFile Prepared(StoreFile file, Action<StoreFile> prepare)
    {
        try
        {
            file._connection.Open();
            file.Execute($"PRAGMA busy_timeout = {BusyMilliseconds}; PRAGMA synchronous = EXTRA");
            StoreVersion.Check(file);
            prepare(file);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Takes the steps that are due, all or none; another process may have taken them meanwhile.</summary>
    private void Migrate()
    {
        if (StoreVersion.Of(this) == StoreMigrations.CurrentVersion)
            return;
        Write(() =>
        {
            var version = StoreVersion.Of(this);
            foreach (var step in StoreMigrations.All.Where(step => step.Version > version))
                step.Apply(this);
            StoreVersion.Set(this, StoreMigrations.CurrentVersion);
            return true;
        });
    }

    private SqliteCommand Command(string sql, IReadOnlyList<object?> values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (place, value) in values.Index())
            command.Parameters.AddWithValue($"${place}", value ?? DBNull.Value);
        return command;
    }

    private static T Told<T>(string path, string verb, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot {verb} the store {path}: {exception.Message}", exception);
        }
    }
}
