using SlmPlanner.Core;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Lines;
using SlmPlanner.Data.Logs.Sources;
using SlmPlanner.Data.Logs.Tables;

namespace SlmPlanner.Data.Logs;

/// <summary>
/// A log that is still written. What is new is read at each look; a last line without its end waits for the rest. When the file is cut
/// short or another has taken its place (rotation), what was left of the old one is read, and then the new one from its beginning.
/// </summary>
public sealed class GrowingLog : IDisposable
{
    private const int Fingerprint = 256;

    private readonly string _path;
    private readonly IReadOnlyDictionary<string, Metric> _mapped;
    private readonly RunRecorder _run;
    private readonly LineLog _log;
    private FileStream? _stream;
    private LogLines? _lines;
    private byte[] _start = [];

    /// <summary>Follows a file.</summary>
    public GrowingLog(string path, IReadOnlyDictionary<string, Metric> mapped)
    {
        (_path, _mapped) = (path, mapped);
        _run = new(Path.GetFileName(path));
        _log = new(_run);
    }

    /// <summary>The run so far.</summary>
    /// <param name="isLast">True where nothing more will come, so that an open line counts.</param>
    /// <exception cref="InputException">The file can't be read.</exception>
    public LoggedRun Look(bool isLast = false)
    {
        try
        {
            if (!IsPlain())
                return new RunReader(_mapped).Read([_path]);
            if (_stream is null)
            {
                Rotated();
                Open();
            }
            else if (WasReplaced())
            {
                Take(keepOpen: false);
                _stream.Dispose();
                Open();
            }
            Take(keepOpen: !isLast);
            if (isLast)
                _log.End();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot read {_path}: {exception.Message}", exception);
        }
        if (isLast && _log.Format is null)
            return new RunReader(_mapped).Read([_path]);
        return new([_path], _log.Format, _log.Format is null ? null : isLast ? _run.Done() : _run.Log(), _log.Format is null
            ? $"{_path}: no line of a training log yet" : null);
    }

    /// <inheritdoc/>
    public void Dispose() => _stream?.Dispose();

    /// <summary>Whether the file is lines of text; anything else is read whole at each look.</summary>
    private bool IsPlain()
    {
        if (_stream is not null)
            return true;
        if (Directory.Exists(_path) || Catalogs.CatalogDownload.IsAddress(_path))
            return false;
        using var file = LogSource.File(_path);
        var start = new byte[Fingerprint];
        ReadOnlySpan<byte> read = start.AsSpan(0, file.ReadAtLeast(start, Fingerprint, throwOnEndOfStream: false));
        return !EventFile.Knows(read) && !read.StartsWith("{"u8) && !read.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B])
            && !read.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD])
            && !read.StartsWith((ReadOnlySpan<byte>)[0xFD, 0x37, 0x7A, 0x58, 0x5A]) && !ContainerLine.Knows(read) && !LooksLikeTable(read);
    }

    private static bool LooksLikeTable(ReadOnlySpan<byte> start)
    {
        var end = start.IndexOf((byte)'\n');
        var first = end < 0 ? start : start[..end];
        return first.Count((byte)',') >= 2 && !first.Contains((byte)' ');
    }

    /// <summary>Reads what was moved away before: the parts that a rotation named with numbers, packed or not.</summary>
    private void Rotated()
    {
        foreach (var part in RunFolder.RotatedParts(_path))
        {
            using var stream = LogSource.Open(part);
            _log.Read(new LogLines(stream));
        }
    }

    private void Open()
    {
        _stream = LogSource.File(_path);
        _lines = new(_stream);
        _start = [];
    }

    private void Take(bool keepOpen)
    {
        _lines!.Wake();
        _log.Read(_lines, keepOpen);
        _log.Decided();
        if (_start.Length < Fingerprint)
            _start = Beginning();
    }

    private bool WasReplaced()
    {
        var now = new FileInfo(_path);
        if (!now.Exists)
            return false;
        var seen = Beginning();
        return now.Length < _stream!.Position || !seen.AsSpan().StartsWith(_start.AsSpan(0, Math.Min(_start.Length, seen.Length)))
            || seen.Length < _start.Length;
    }

    private byte[] Beginning()
    {
        try
        {
            using var file = LogSource.File(_path);
            var start = new byte[Fingerprint];
            return start[..file.ReadAtLeast(start, Fingerprint, throwOnEndOfStream: false)];
        }
        catch (FileNotFoundException)
        {
            return _start;
        }
    }
}
