using SlmPlanner.Data.Files;

namespace SlmPlanner.Data.Logs.Sources;

/// <summary>A stream whose first bytes can be looked at before they are read.</summary>
internal sealed class PeekStream : ForwardStream
{
    /// <summary>How many bytes can be looked at.</summary>
    public const int Reach = 1 << 16;

    private readonly Stream _inner;
    private readonly byte[] _start = new byte[Reach];
    private readonly int _length;
    private int _passed;
    private long _beyond;

    /// <summary>Looks at the first bytes of a stream, which is closed with this one.</summary>
    public PeekStream(Stream inner)
    {
        _inner = inner;
        try
        {
            _length = inner.ReadAtLeast(_start, Reach, throwOnEndOfStream: false);
        }
        catch (InvalidDataException)
        {
            _length = 0;
        }
    }

    /// <summary>The first bytes.</summary>
    public ReadOnlySpan<byte> Start => _start.AsSpan(0, _length);

    /// <summary>Whether the stream is no longer than <see cref="Start"/>.</summary>
    public bool IsShort => _length < Reach;

    /// <summary>When lines arrived, where a container's log was unwrapped; null elsewhere.</summary>
    public LineArrivals? Arrivals => (_inner as ContainerStream)?.Arrivals;

    /// <inheritdoc/>
    protected override Stream? Inner => _inner;

    /// <inheritdoc/>
    public override long Position
    {
        get => _passed + _beyond;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_passed >= _length)
        {
            var read = _inner.Read(buffer);
            _beyond += read;
            return read;
        }
        var part = Math.Min(buffer.Length, _length - _passed);
        _start.AsSpan(_passed, part).CopyTo(buffer);
        _passed += part;
        return part;
    }
}
