using SlmPlanner.Core;

namespace SlmPlanner.Data.Catalogs;

/// <summary>Writes every skipped row to a CSV file as it comes; the file appears when it is complete.</summary>
public sealed class SkipFile : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private readonly StreamWriter _writer;

    /// <summary>Begins a file.</summary>
    /// <exception cref="InputException">The place can't be written.</exception>
    public SkipFile(string path)
    {
        (_path, _temporary) = (path, $"{path}.{Environment.ProcessId}.tmp");
        try
        {
            _writer = new(_temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot write {path}: {exception.Message}", exception);
        }
        _writer.Write("file,line,reason,subject\n");
    }

    /// <summary>Adds a row.</summary>
    public void Add(SkippedRow row)
    {
        _writer.Write(OfferFile.Write(row));
        _writer.Write('\n');
    }

    /// <summary>Puts the file in its place.</summary>
    public void Complete()
    {
        _writer.Dispose();
        File.Move(_temporary, _path, overwrite: true);
    }

    /// <summary>Removes what is not complete.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        File.Delete(_temporary);
    }
}
