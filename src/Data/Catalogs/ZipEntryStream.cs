using System.IO.Compression;
using SlmPlanner.Core;

namespace SlmPlanner.Data.Catalogs;

/// <summary>Reads one entry of a zip file and closes the file with it; a damaged entry is bad input.</summary>
internal sealed class ZipEntryStream : Stream
{
    private readonly ZipArchive _archive;
    private readonly Stream _entry;

    /// <summary>Opens an entry.</summary>
    /// <exception cref="InputException">The zip or the entry is damaged.</exception>
    public ZipEntryStream(string path, string entry)
    {
        try
        {
            _archive = ZipFile.OpenRead(path);
            _entry = _archive.GetEntry(entry)!.Open();
        }
        catch (InvalidDataException exception)
        {
            _archive?.Dispose();
            throw new InputException($"{path}!{entry}: damaged ({exception.Message})", exception);
        }
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => _entry.Read(buffer, offset, count);

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => _entry.Read(buffer);

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
        {
            _entry.Dispose();
            _archive.Dispose();
        }
        base.Dispose(disposing);
    }
}
