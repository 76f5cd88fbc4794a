using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Formats;
using SlmPlanner.Data.Logs.Lines;
using SlmPlanner.Data.Logs.Sources;

namespace SlmPlanner.Data.Logs;

/// <summary>
/// Reads a log of lines whose form is not known: lines are kept until one form has told itself three times, then all go to its reader.
/// Where several forms are in one log, the one that tells times best counts.
/// </summary>
internal sealed class LineLog
{
    private const int Enough = 3;
    private const int MostKept = 1 << 23;
    private const long Patience = 1 << 26;

    private readonly RunRecorder _run;
    private readonly LogReader[] _readers =
    [
        new TorchtitanReader(), new NanochatReader(), new ModdedNanoGptReader(), new LlmCReader(), new MegatronReader(), new NemoReader(),
        new ComposerReader(), new OlmoReader(), new LitgptReader(), new NanoGptReader(), new MllogReader(), new DeepSpeedReader(),
        new HuggingFaceReader(), new LlmCMainLogReader(), new NanotronReader(), new TorchtuneReader(),
    ];
    private readonly int[] _told;
    private readonly List<(long Number, double Arrival, int Rank, byte[] Line)> _kept = [];
    private int _bytes;
    private LogReader? _reader;

    /// <summary>A log to be read into a recorder.</summary>
    public LineLog(RunRecorder run) => (_run, _told) = (run, new int[_readers.Length]);

    /// <summary>The form; null while it is not known.</summary>
    public LogFormat? Format => _reader?.Format;

    /// <summary>Whether so much was read without a form that there is none.</summary>
    public bool GaveUp { get; private set; }

    /// <summary>Takes the lines that a stream has now.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="keepOpen">True where a last line without its end shall wait for more.</param>
    /// <param name="arrivals">When lines arrived; null where nothing says so.</param>
    public void Read(LogLines lines, bool keepOpen = false, LineArrivals? arrivals = null)
    {
        while (!GaveUp && lines.NextRaw(out var raw, out var number, keepOpen))
        {
            var arrival = arrivals?.At(lines.Passed - 1) ?? double.NaN;
            if (_reader is not null)
            {
                (_run.Line, _run.Arrival) = (number, arrival);
                if (_reader.IsCopy(raw, _run))
                    continue;
                var next = LineRank.Unmarked(lines.Plain(raw), out var marked);
                _run.Rank = marked;
                _reader.Read(next, _run);
                continue;
            }
            var line = LineRank.Unmarked(lines.Plain(raw), out var rank);
            Keep(line, number, arrival, rank);
            for (var index = 0; index < _readers.Length; index++)
                if (_readers[index].Tells(line) && ++_told[index] >= Enough)
                {
                    Decide();
                    break;
                }
            GaveUp = _reader is null && lines.Passed > Patience;
        }
    }

    /// <summary>Takes the end: a short log is read with the form that told itself at all.</summary>
    public void End()
    {
        Decided();
        _reader?.End(_run);
        _kept.Clear();
    }

    /// <summary>Decides on the form if any has told itself, so that a log that goes on can be looked at.</summary>
    public void Decided()
    {
        if (_reader is null && _told.Any(times => times > 0))
            Decide();
    }

    private void Decide()
    {
        _reader = _readers[Array.FindIndex(_told, times => times > 0)];
        if (_reader.Stack is { } stack)
            _run.Fact(RunField.Stack, stack);
        foreach (var (number, arrival, rank, line) in _kept)
        {
            (_run.Line, _run.Arrival, _run.Rank) = (number, arrival, rank);
            CommonHeader.Read(line, _run);
            if (double.IsNaN(_run.FirstClock))
                _run.FirstClock = LineClock.Of(line);
            _reader.Read(line, _run);
        }
        _kept.Clear();
        _kept.TrimExcess();
    }

    private void Keep(ReadOnlySpan<byte> line, long number, double arrival, int rank)
    {
        if (_bytes > MostKept)
            return;
        _bytes += line.Length + 64;
        _kept.Add((number, arrival, rank, line.ToArray()));
    }
}
