using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace SlmPlanner.Planner.Web;

/// <summary>
/// Keeps answers whole, as bytes: rendering one takes ten times as long as looking its plan up, and makes texts so large that
/// the collector can only reclaim them seldom. Equal addresses on one day have equal answers.
/// </summary>
internal static class AnswerCache
{
    private const string Policy = "answers";
    private const long MostBytes = 32 << 20;
    private const long LargestBytes = 1 << 20;
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    /// <summary>Adds the cache. Waiting for another's answer is left to the desk, which knows when everyone has left.</summary>
    public static void Add(IServiceCollection services, TimeProvider clock) => services.AddOutputCache(options =>
    {
        options.SizeLimit = MostBytes;
        options.MaximumBodySize = LargestBytes;
        options.AddPolicy(Policy, policy => policy
            .Expire(Kept)
            .SetVaryByQuery("*")
            .VaryByValue(_ => new("day", clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))
            .SetLocking(false));
    });

    /// <summary>Keeps the answers of an address.</summary>
    public static void Keep(IEndpointConventionBuilder address) => address.CacheOutput(Policy);
}
