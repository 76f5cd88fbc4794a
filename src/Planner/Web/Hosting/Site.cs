using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SlmPlanner.Core;
using SlmPlanner.Planner.Requests;
using SlmPlanner.Planner.Web.Calibration;
using SlmPlanner.Planner.Web.Metrics;
using SlmPlanner.Planner.Web.Plans;
using SlmPlanner.Planner.Web.Runs;
using SlmPlanner.Planner.Web.Safety;

namespace SlmPlanner.Planner.Web.Hosting;

/// <summary>
/// The web server: guards → headers → limits → pages. It starts from an empty builder, so that no settings file, variable or
/// folder beside the program changes what it serves.
/// </summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly PlanEndpoints _plans;
    private readonly IDisposable[] _owned;
    private Task _warm = Task.CompletedTask;

    private Site(WebApplication app, PlanEndpoints plans, params IDisposable[] owned) => (_app, _plans, _owned) = (app, plans, owned);

    /// <summary>Where it listens, once it has started.</summary>
    public string Address => _app.Urls.First();

    /// <summary>Puts the server together.</summary>
    /// <param name="settings">Where to listen and what to show.</param>
    /// <param name="bench">Data files and settings, read once.</param>
    /// <param name="clock">The clock.</param>
    public static Site Build(ServeSettings settings, Workbench bench, TimeProvider clock)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(ServerLimits.Apply).ConfigureKestrel(settings.Listen);
        builder.Services.AddRoutingCore();
        ServerLimits.Add(builder.Services);
        AnswerCache.Add(builder.Services, clock);
        var run = settings.CalibrationFolder is { } folder ? new RunTail(folder) : null;
        var meter = new PlanMeter(run);
        var desk = new PlanDesk(clock, meter);
        if (settings.HasMetrics)
            PrometheusPage.Add(builder.Services);

        var app = builder.Build();
        app.UseMiddleware<FailurePage>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<HostGuard>(new AllowedHosts(settings.Address));
        app.UseRouting();
        app.UseRateLimiter();
        app.UseRequestTimeouts();
        app.UseOutputCache();
        AssetEndpoints.Map(app);
        var plans = new PlanEndpoints(new PlanForm(bench), desk, settings.Currency);
        plans.Map(app);
        var watched = WatchedRun.Open(settings.Tracked);
        new RunsEndpoints(watched, new(settings.EvidenceFile, bench.Inputs.Performance.Published), settings.Currency).Map(app);
        new CalibrationEndpoints(settings.HistoryFile, bench.BesidePublished, run, clock).Map(app);
        if (settings.HasMetrics)
            PrometheusPage.Map(app);
        return new(app, plans, [desk, meter, .. watched]);
    }

    /// <summary>Starts to listen.</summary>
    /// <exception cref="InputException">The address or port can't be had.</exception>
    public async Task Start()
    {
        try
        {
            await _app.StartAsync();
            _warm = _plans.Warm();
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException)
        {
            throw new InputException($"cannot listen: {exception.Message}", exception);
        }
    }

    /// <summary>Returns when the process is asked to stop.</summary>
    public Task Ended() => _app.WaitForShutdownAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _warm.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _app.StopAsync();
        await _app.DisposeAsync();
        foreach (var owned in _owned)
            owned.Dispose();
    }
}
