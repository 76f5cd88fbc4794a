namespace SlmPlanner.Data.Logs.Sources;

/// <summary>
/// What a library unpacks, read forward. Libraries end damaged data with exceptions of many kinds; here each is one of damaged data.
/// </summary>
/// <param name="open">Opens the unpacked stream, which may read the packed one already.</param>
internal sealed class UnpackedStream(Func<Stream> open) : Stream
{
    private Stream? _unpacked;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return (_unpacked ??= open()).Read(buffer, offset, count);
        }
        catch (Exception exception) when (exception is not (IOException or InvalidDataException))
        {
            throw new InvalidDataException($"the packed data is damaged: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _unpacked?.Dispose();
        base.Dispose(disposing);
    }
}
