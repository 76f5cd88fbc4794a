using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Planner.Web.Calibration;

/// <summary>
/// Follows a run by reading what was appended to its files. It only reads, and never opens anything but the files of the folder
/// that the server was started with. A line is taken when its end is there; a file that became shorter is read anew. A line longer
/// than what is read at once is no measurement: it counts as unreadable and is passed over.
/// </summary>
/// <param name="folder">The run's folder; it need not exist yet.</param>
internal sealed class RunTail(string folder)
{
    private const byte NewLine = (byte)'\n';
    private const long MostBytesAtOnce = 16 << 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);
    private readonly string _measurements = Path.Combine(folder, "measurements.jsonl");
    private readonly string _profile = Path.Combine(folder, "profile.json");
    private readonly Lock _lock = new();
    private RunSnapshot _snapshot = RunSnapshot.Empty;
    private long _read;
    private bool _isInLongLine;

    /// <summary>What the run has written up to now.</summary>
    public RunSnapshot Read()
    {
        lock (_lock)
        {
            try
            {
                ReadAppended();
                var isFitted = File.Exists(_profile) && File.GetLastWriteTimeUtc(_profile) >= File.GetLastWriteTimeUtc(_measurements);
                if (isFitted != _snapshot.IsFitted)
                    _snapshot = _snapshot with { IsFitted = isFitted };
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine($"warning: the calibration could not be read: {exception.GetType().Name}");
            }
            return _snapshot;
        }
    }

    /// <summary>The run now, and again after each change, until the caller leaves.</summary>
    public async IAsyncEnumerable<RunSnapshot> Follow([EnumeratorCancellation] CancellationToken leave)
    {
        RunSnapshot? shown = null;
        while (!leave.IsCancellationRequested)
        {
            var now = Read();
            if (!ReferenceEquals(now, shown))
                yield return shown = now;
            await Task.Delay(Pause, leave).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void ReadAppended()
    {
        if (!File.Exists(_measurements))
            return;
        using var file = new FileStream(_measurements, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (file.Length < _read)
            (_read, _isInLongLine, _snapshot) = (0, false, RunSnapshot.Empty);
        var bytes = new byte[Math.Min(file.Length - _read, MostBytesAtOnce)];
        if (bytes.Length == 0)
            return;
        file.Seek(_read, SeekOrigin.Begin);
        file.ReadExactly(bytes);
        _read += Take(bytes);
    }

    /// <summary>Takes the lines that end in a piece of the file and returns the bytes that are done with.</summary>
    private int Take(byte[] bytes)
    {
        var whole = Array.LastIndexOf(bytes, NewLine) + 1;
        if (whole == 0)
            return _isInLongLine || bytes.Length == MostBytesAtOnce ? PassOver(bytes) : 0;
        var start = _isInLongLine ? Array.IndexOf(bytes, NewLine) + 1 : 0;
        _isInLongLine = false;
        foreach (var line in Encoding.UTF8.GetString(bytes, start, whole - start).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Take(line);
        return whole;
    }

    private int PassOver(byte[] bytes)
    {
        if (!_isInLongLine)
            _snapshot = _snapshot with { Unreadable = _snapshot.Unreadable + 1 };
        _isInLongLine = true;
        return bytes.Length;
    }

    private void Take(string text)
    {
        try
        {
            _snapshot = _snapshot.With(MeasurementLog.Parse(text));
        }
        catch (JsonException)
        {
            _snapshot = _snapshot with { Unreadable = _snapshot.Unreadable + 1 };
        }
    }
}
