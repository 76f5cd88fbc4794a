using SlmPlanner.Core;

namespace SlmPlanner.Calibrator.Measurement;

/// <summary>The folder of a run, held by one process at a time: the system drops the lock with the process, however it ends.</summary>
internal sealed class RunFolder : IDisposable
{
    private readonly FileStream _lock;

    private RunFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Its measurements.</summary>
    public string Measurements => System.IO.Path.Combine(Path, "measurements.jsonl");

    /// <summary>The fitted profile.</summary>
    public string Profile => System.IO.Path.Combine(Path, "profile.json");

    /// <summary>The report.</summary>
    public string Report => System.IO.Path.Combine(Path, "report.html");

    /// <summary>Makes and locks the folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="resume">True to go on with what is there; false to refuse a folder that holds measurements.</param>
    /// <exception cref="InputException">Another run holds it, it can't be written, or it holds measurements that nobody asked to go on
    /// with.</exception>
    public static RunFolder Open(string path, bool resume)
    {
        if (resume && !Directory.Exists(path))
            throw new InputException($"--resume {path}: no such folder");
        var held = Lock(path);
        var folder = new RunFolder(path, held);
        if (!resume && File.Exists(folder.Measurements))
        {
            folder.Dispose();
            throw new InputException($"{folder.Measurements} exists: go on with --resume {path}, or choose another --out");
        }
        return folder;
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string path)
    {
        var file = System.IO.Path.Combine(path, ".lock");
        try
        {
            Directory.CreateDirectory(path);
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (File.Exists(file))
        {
            throw new InputException($"{path}: another run holds this folder ({file}): {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot write to {path}: {exception.Message}", exception);
        }
    }
}
