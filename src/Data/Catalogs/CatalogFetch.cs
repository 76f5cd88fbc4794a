using System.Net;
using System.Net.Sockets;
using Polly;
using Polly.Retry;
using SlmPlanner.Core;

namespace SlmPlanner.Data.Catalogs;

/// <summary>
/// Fetches an address into a file. What may pass, such as a lost connection or a busy server, is tried again; an answer that is slow, cut
/// off or too large is refused; what has not changed since the last time is not sent again.
/// </summary>
/// <param name="firstPause">How long to wait before the second try; each further pause is twice as long.</param>
/// <param name="patience">Longest that one try may take, its last byte included.</param>
/// <param name="largestBytes">The largest answer that is taken, in bytes.</param>
public sealed class CatalogFetch(TimeSpan firstPause, TimeSpan patience, long largestBytes = CatalogFetch.LargestBytes)
{
    /// <summary>The largest answer that is taken unless another limit is given, in bytes.</summary>
    public const long LargestBytes = 1L << 30;

    /// <summary>Tries after the first.</summary>
    public const int Retries = 3;

    private const int MostRedirects = 5;

    private readonly ResiliencePipeline _tries = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
    {
        MaxRetryAttempts = Retries,
        Delay = firstPause,
        BackoffType = DelayBackoffType.Exponential,
        ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Exception is { } exception && MayPass(exception)),
    }).Build();

    /// <summary>Fetches an address into <paramref name="target"/>, which is written only when the whole answer has come.</summary>
    /// <param name="address">The address.</param>
    /// <param name="target">The file.</param>
    /// <param name="known">What the last answer was marked with; null to take any.</param>
    /// <param name="stop">Ends the fetch.</param>
    /// <exception cref="InputException">No such address, no whole answer after all tries, or too large.</exception>
    public async Task<CatalogAnswer> Fetch(string address, string target, CatalogMark? known, CancellationToken stop)
    {
        try
        {
            using var handler = new SocketsHttpHandler { MaxAutomaticRedirections = MostRedirects,
                AutomaticDecompression = DecompressionMethods.All };
            using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
            client.DefaultRequestHeaders.UserAgent.Add(new("slm-plan", "1"));
            return await _tries.ExecuteAsync(async cancel => await FetchOnce(client, address, target, known, cancel), stop);
        }
        catch (Exception exception) when (!stop.IsCancellationRequested
            && exception is HttpRequestException or OperationCanceledException or IOException or UriFormatException
            or InvalidOperationException)
        {
            var reason = exception is OperationCanceledException ? $"no whole answer within {patience.TotalSeconds:0.#} s"
                : exception.Message;
            throw new InputException($"cannot fetch {address}: {reason}", exception);
        }
        finally
        {
            File.Delete(Unfinished(target));
        }
    }

    private async Task<CatalogAnswer> FetchOnce(HttpClient client, string address, string target, CatalogMark? known,
        CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (known?.ETag is { } tag)
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        if (known?.Modified is { } modified)
            request.Headers.TryAddWithoutValidation("If-Modified-Since", modified);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        if (response.StatusCode == HttpStatusCode.NotModified && known is not null)
            return new(Changed: false, known);
        response.EnsureSuccessStatusCode();
        await using (var from = await response.Content.ReadAsStreamAsync(limit.Token))
        await using (var to = File.Create(Unfinished(target)))
            await Copy(from, to, address, limit.Token);
        File.Move(Unfinished(target), target, overwrite: true);
        return new(Changed: true, MarkOf(response));
    }

    private async Task Copy(Stream from, Stream to, string address, CancellationToken stop)
    {
        var buffer = new byte[1 << 16];
        var total = 0L;
        for (int read; (read = await from.ReadAsync(buffer, stop)) > 0;)
        {
            if ((total += read) > largestBytes)
                throw new InputException($"{address}: more than {largestBytes} bytes");
            await to.WriteAsync(buffer.AsMemory(0, read), stop);
        }
    }

    private static CatalogMark MarkOf(HttpResponseMessage response) =>
        new(response.Headers.ETag?.ToString(), response.Content.Headers.LastModified?.ToString("R"));

    private static string Unfinished(string target) => $"{target}.unfinished";

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
}

/// <summary>How a server marks a version of its answer.</summary>
/// <param name="ETag">Its entity tag.</param>
/// <param name="Modified">When it says that it changed, as it wrote it.</param>
public sealed record CatalogMark(string? ETag, string? Modified);

/// <summary>What came of a fetch.</summary>
/// <param name="Changed">False when the server says that nothing changed: no file is written then.</param>
/// <param name="Mark">The mark of what is there now.</param>
public sealed record CatalogAnswer(bool Changed, CatalogMark Mark);
