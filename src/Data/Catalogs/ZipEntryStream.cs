using System.IO.Compression;
using SlmPlanner.Core;
using SlmPlanner.Data.Files;

namespace SlmPlanner.Data.Catalogs;

/// <summary>Reads one entry of a zip file and closes the file with it; a damaged entry is bad input.</summary>
internal sealed class ZipEntryStream : ForwardStream
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
    protected override Stream? Inner => _entry;

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => _entry.Read(buffer, offset, count);

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => _entry.Read(buffer);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            _archive.Dispose();
    }
}
