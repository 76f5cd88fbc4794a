using System.Buffers;

namespace SlmPlanner.Data.Logs.Lines;

/// <summary>
/// The lines of a stream as spans of bytes, in bounded memory: a line ends at a line feed or at a carriage return (progress bars), colours
/// are taken off, and what goes beyond <see cref="LongestLine"/> bytes is passed over.
/// </summary>
internal sealed class LogLines(Stream stream)
{
    /// <summary>The longest line that is read whole, in bytes.</summary>
    public const int LongestLine = 1 << 16;

    private static readonly SearchValues<byte> Ends = SearchValues.Create("\n\r"u8);

    private readonly byte[] _buffer = new byte[1 << 18];
    private byte[] _plain = [];
    private int _start, _end;
    private bool _isCut, _atEnd;

    /// <summary>Line feeds passed so far, which is the number of the current line from 1.</summary>
    public long Number { get; private set; } = 1;

    /// <summary>Bytes of whole lines passed so far.</summary>
    public long Passed { get; private set; }

    /// <summary>The next line that is not empty, without colours; false at the end.</summary>
    /// <param name="line">The line, good until the next call.</param>
    /// <param name="number">Its number from 1.</param>
    /// <param name="keepOpen">True where a last line without its end shall wait for more.</param>
    public bool Next(out ReadOnlySpan<byte> line, out long number, bool keepOpen = false)
    {
        var isThere = NextRaw(out line, out number, keepOpen);
        line = Plain(line);
        return isThere;
    }

    /// <summary>A line as it stands, without its colours.</summary>
    public ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> line) => Ansi.Without(line, ref _plain);

    /// <summary>The next line as it stands in the file, colours and all.</summary>
    public bool NextRaw(out ReadOnlySpan<byte> line, out long number, bool keepOpen = false)
    {
        while (true)
        {
            var rest = _buffer.AsSpan(_start, _end - _start);
            var length = rest.IndexOfAny(Ends);
            if (length >= 0)
            {
                number = Number;
                line = rest[..length];
                Number += rest[length] == (byte)'\n' ? 1 : 0;
                Passed += length + 1;
                _start += length + 1;
                if (_isCut)
                {
                    _isCut = false;
                    continue;
                }
                if (length == 0)
                    continue;
                return true;
            }
            if (rest.Length >= LongestLine && !_isCut)
            {
                number = Number;
                line = rest[..LongestLine];
                Passed += rest.Length;
                (_start, _end, _isCut) = (0, 0, true);
                return true;
            }
            if (_isCut)
            {
                Passed += rest.Length;
                (_start, _end) = (0, 0);
            }
            if (Fill())
                continue;
            number = Number;
            line = _isCut || keepOpen ? default : _buffer.AsSpan(_start, _end - _start);
            if (!keepOpen)
                _start = _end;
            return line.Length > 0;
        }
    }

    /// <summary>Forgets that the stream had ended, so that what was written since is read.</summary>
    public void Wake() => _atEnd = false;

    private bool Fill()
    {
        if (_atEnd)
            return false;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _atEnd = read == 0;
        _end += read;
        return read > 0;
    }
}
