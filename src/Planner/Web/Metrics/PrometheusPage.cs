using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace SlmPlanner.Planner.Web.Metrics;

/// <summary>The figures at <c>/metrics</c>, in Prometheus' text form. Loaded only with <c>--metrics</c>.</summary>
internal static class PrometheusPage
{
    private static readonly double[] SecondsBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30];

    /// <summary>Adds the collector.</summary>
    public static void Add(IServiceCollection services) => services.AddOpenTelemetry().WithMetrics(metrics => metrics
        .AddMeter(PlanMeter.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
        .AddView("slm.plan.duration", new ExplicitBucketHistogramConfiguration { Boundaries = SecondsBounds })
        .AddPrometheusExporter(options => options.ScrapeResponseCacheDurationMilliseconds = 0));

    /// <summary>Maps the page.</summary>
    public static void Map(WebApplication app) => app.MapPrometheusScrapingEndpoint("/metrics");
}
