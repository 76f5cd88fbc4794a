using SlmPlanner.Data.Files;

namespace SlmPlanner.Data.Logs.Sources;

/// <summary>
/// What a library unpacks, read forward. Libraries end damaged data with exceptions of many kinds; here each is one of damaged data.
/// </summary>
/// <param name="open">Opens the unpacked stream, which may read the packed one already.</param>
internal sealed class UnpackedStream(Func<Stream> open) : ForwardStream
{
    private Stream? _unpacked;

    /// <inheritdoc/>
    protected override Stream? Inner => _unpacked;

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
}
