using System.IO.Compression;
using SharpCompress.Compressors.Xz;
using SlmPlanner.Core;
using SlmPlanner.Data.Catalogs;
using ZstdSharp;

namespace SlmPlanner.Data.Logs.Sources;

/// <summary>
/// Opens logs: files that may still grow, or addresses that are read as they come; unpacked where they are packed, and without what
/// containers wrap around lines.
/// </summary>
internal static class LogSource
{
    private const int Patience = 60;
    private static readonly HttpClient Web = new() { Timeout = TimeSpan.FromSeconds(Patience) };

    /// <summary>Opens a log from its beginning.</summary>
    /// <exception cref="InputException">It is missing, unreadable, or packed in a way that is not read.</exception>
    public static PeekStream Open(string place)
    {
        try
        {
            var log = Unpacked(new(CatalogDownload.IsAddress(place) ? Fetch(place) : File(place)), place);
            return ContainerLine.Knows(log.Start) ? new(new ContainerStream(log)) : log;
        }
        catch (Exception exception) when (exception
            is IOException or UnauthorizedAccessException or HttpRequestException or UriFormatException
            or TaskCanceledException or NotSupportedException)
        {
            throw new InputException($"cannot read {place}: {exception.Message}", exception);
        }
    }

    /// <summary>A file that others may write, rename or remove meanwhile.</summary>
    public static FileStream File(string path) => new(
        path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.SequentialScan);

    private static Stream Fetch(string address)
    {
        var response = Web.Send(new HttpRequestMessage(HttpMethod.Get, address), HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        return response.Content.ReadAsStream();
    }

    private static PeekStream Unpacked(PeekStream stream, string place) => stream.Start switch
    {
        [0x1F, 0x8B, ..] => new(new GZipStream(stream, CompressionMode.Decompress)),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => Of(() => new DecompressionStream(stream)),
        [(byte)'B', (byte)'Z', (byte)'h', ..] => throw Packed(stream, place, "bzip2", "bunzip2"),
        [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', ..] => Of(() => new XZStream(stream)),
        [(byte)'P', (byte)'K', 3, 4, ..] => throw Packed(stream, place, "zip", "unzip"),
        _ => stream,
    };

    private static PeekStream Of(Func<Stream> open) => new(new UnpackedStream(open));

    private static InputException Packed(PeekStream stream, string place, string how, string program)
    {
        stream.Dispose();
        return new($"{place} is packed with {how}, allowed gzip, zstd and xz: unpack it with {program} first");
    }
}
