using SlmPlanner.Core;

namespace SlmPlanner.Data.Catalogs;

/// <summary>Fetches a catalog that is named by an address into a temporary file.</summary>
public static class CatalogDownload
{
    /// <summary>The largest catalog that is fetched, in bytes.</summary>
    public const long LargestBytes = 1L << 30;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>True for an address; false for a path.</summary>
    public static bool IsAddress(string place) =>
        place.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || place.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Fetches an address into <paramref name="target"/>.</summary>
    /// <exception cref="InputException">No such address, no answer, or too large.</exception>
    public static void Fetch(string address, string target)
    {
        try
        {
            using var client = new HttpClient { Timeout = Patience };
            using var response = client.Send(new(HttpMethod.Get, address), HttpCompletionOption.ResponseHeadersRead);
            response.EnsureSuccessStatusCode();
            using var from = response.Content.ReadAsStream();
            using var to = File.Create(target);
            Copy(from, to, address);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException or UriFormatException or InvalidOperationException)
        {
            throw new InputException($"cannot fetch {address}: {exception.Message}", exception);
        }
    }

    private static void Copy(Stream from, Stream to, string address)
    {
        var buffer = new byte[1 << 16];
        for (long total = 0; from.Read(buffer) is > 0 and var read; to.Write(buffer, 0, read))
            if ((total += read) > LargestBytes)
                throw new InputException($"{address}: more than {LargestBytes} bytes");
    }
}
