using SlmPlanner.Data.Files;

namespace SlmPlanner.Data.Logs.Sources;

/// <summary>
/// The log of a container as the program in it printed it (<see cref="ContainerLine"/>), read forward in bounded memory: of a line longer
/// than <see cref="LongestLine"/> the rest is passed over, and a last line without its end is not whole yet.
/// </summary>
internal sealed class ContainerStream(Stream wrapped) : ForwardStream
{
    /// <summary>The longest wrapped line, bytes. Docker and Kubernetes cut at 16 KiB; escapes make six bytes of one.</summary>
    public const int LongestLine = 1 << 18;

    private readonly byte[] _buffer = new byte[LongestLine];
    private readonly MemoryStream _plain = new();
    private int _start, _end, _given;
    private long _unwrapped;
    private bool _isCut, _atEnd;

    /// <summary>When its lines arrived.</summary>
    public LineArrivals Arrivals { get; } = new();

    /// <inheritdoc/>
    protected override Stream? Inner => wrapped;

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (_given == _plain.Length && !_atEnd)
        {
            _plain.SetLength(_given = 0);
            Fill();
        }
        var part = (int)Math.Min(buffer.Length, _plain.Length - _given);
        _plain.GetBuffer().AsSpan(_given, part).CopyTo(buffer);
        _given += part;
        return part;
    }

    /// <summary>Reads on and unwraps the lines that are whole by then.</summary>
    private void Fill()
    {
        var read = wrapped.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        for (int length; (length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n')) >= 0; _start += length + 1)
            Take(length);
        if (read == 0)
            _atEnd = true;
        else if (_start == 0 && _end == _buffer.Length)
        {
            Take(_end);
            (_end, _isCut) = (0, true);
        }
        else
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
    }

    private void Take(int length)
    {
        if (!_isCut)
        {
            var before = _plain.Length;
            var arrival = ContainerLine.Unwrap(_buffer.AsSpan(_start, length), _plain);
            _unwrapped += _plain.Length - before;
            Arrivals.Add(_unwrapped, arrival);
        }
        _isCut = false;
    }
}
