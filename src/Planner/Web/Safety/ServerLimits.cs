using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace SlmPlanner.Planner.Web.Safety;

/// <summary>How much a caller may ask of this server: sizes, times and how many at once.</summary>
internal static class ServerLimits
{
    /// <summary>Policy of pages that stay open and are pushed to.</summary>
    public const string Streams = "streams";

    private const int RequestLineBytes = 8 * 1024;
    private const int HeaderBytes = 16 * 1024;
    private const int HeaderCount = 64;
    private const int Connections = 256;
    private const int RequestsAtOnce = 64;
    private const int RequestsWaiting = 192;
    private const int StreamsAtOnce = 16;
    private const int ThreadsPerCore = 8;
    private static readonly TimeSpan HeadersTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(60);

    /// <summary>Sets the limits of connections and requests.</summary>
    public static void Apply(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 0;
        kestrel.Limits.MaxRequestLineSize = RequestLineBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = HeaderBytes;
        kestrel.Limits.MaxRequestHeaderCount = HeaderCount;
        kestrel.Limits.MaxConcurrentConnections = Connections;
        kestrel.Limits.RequestHeadersTimeout = HeadersTime;
    }

    /// <summary>Adds the limits of requests at once and of time: beyond them the answer is 503, or 504.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status503ServiceUnavailable;
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, bool>(context =>
                context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>() is null
                    ? RateLimitPartition.GetConcurrencyLimiter(true, _ => AtOnce(RequestsAtOnce, RequestsWaiting))
                    : RateLimitPartition.GetNoLimiter(false));
            options.AddConcurrencyLimiter(Streams, limiter => limiter.PermitLimit = StreamsAtOnce);
        });
        services.AddRequestTimeouts(options => options.DefaultPolicy = new RequestTimeoutPolicy { Timeout = AnswerTime });
    }

    /// <summary>
    /// Keeps more threads ready than searches occupy, one per core each: else what needs no search would wait until the pool
    /// adds a thread, which takes it half a second.
    /// </summary>
    public static void ReserveThreads() => ThreadPool.SetMinThreads(ThreadsPerCore * Environment.ProcessorCount,
        ThreadsPerCore * Environment.ProcessorCount);

    private static ConcurrencyLimiterOptions AtOnce(int permits, int waiting) =>
        new() { PermitLimit = permits, QueueLimit = waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst };
}
