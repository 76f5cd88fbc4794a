using System.Net;
using System.Net.Sockets;
using Polly;
using Polly.Retry;
using SlmPlanner.Core;

namespace SlmPlanner.Data.Catalogs;

/// <summary>
/// Fetches a catalog that is named by an address into a file. What may pass, such as a lost connection or a busy server, is tried again.
/// </summary>
/// <param name="firstPause">How long to wait before the second try; each further pause is twice as long.</param>
public sealed class CatalogDownload(TimeSpan firstPause)
{
    /// <summary>The largest catalog that is fetched, in bytes.</summary>
    public const long LargestBytes = 1L << 30;

    /// <summary>Tries after the first.</summary>
    public const int Retries = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly ResiliencePipeline _tries = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
    {
        MaxRetryAttempts = Retries,
        Delay = firstPause,
        BackoffType = DelayBackoffType.Exponential,
        ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Exception is { } exception && MayPass(exception)),
    }).Build();

    /// <summary>True for an address; false for a path.</summary>
    public static bool IsAddress(string place) =>
        place.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || place.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Fetches an address into <paramref name="target"/>.</summary>
    /// <exception cref="InputException">No such address, no answer after all tries, or too large.</exception>
    public void Fetch(string address, string target)
    {
        try
        {
            using var client = new HttpClient { Timeout = Patience };
            _tries.Execute(() => FetchOnce(client, address, target));
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException or UriFormatException or InvalidOperationException)
        {
            throw new InputException($"cannot fetch {address}: {exception.Message}", exception);
        }
    }

    private static void FetchOnce(HttpClient client, string address, string target)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var response = client.Send(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        using var from = response.Content.ReadAsStream();
        using var to = File.Create(target);
        Copy(from, to, address);
    }

    /// <summary>
    /// A connection that was refused or broke, a server that is busy or at fault. A wrong address or a full disk stays what it is.
    /// </summary>
    private static bool MayPass(Exception exception) => exception switch
    {
        HttpRequestException { StatusCode: { } status } =>
            status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => false,
        HttpRequestException or HttpIOException => true,
        IOException { InnerException: SocketException } => true,
        _ => false,
    };

    private static void Copy(Stream from, Stream to, string address)
    {
        var buffer = new byte[1 << 16];
        for (long total = 0; from.Read(buffer) is > 0 and var read; to.Write(buffer, 0, read))
            if ((total += read) > LargestBytes)
                throw new InputException($"{address}: more than {LargestBytes} bytes");
    }
}
