using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SlmPlanner.Core;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Data.History;
using SlmPlanner.Planner.Web.Safety;
using SlmPlanner.Presentation.Pages;

namespace SlmPlanner.Planner.Web.Calibration;

/// <summary>The calibration dashboard's addresses: past runs, one run, two runs side by side, and the watched run live.</summary>
/// <param name="historyFile">SQLite file of past runs.</param>
/// <param name="published">Compares the calibrated devices of a store with published rows.</param>
/// <param name="run">The watched run; null for none.</param>
/// <param name="clock">The clock.</param>
internal sealed class CalibrationEndpoints(
    string historyFile, Func<string, IReadOnlyList<DeviceComparison>> published, RunTail? run, TimeProvider clock)
{
    /// <summary>Maps them.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/calibration", context => CalibrationView.Page(Runs(), published(historyFile), Live()).ExecuteAsync(context));
        routes.MapGet("/calibration/runs/{id:long}",
            context => RunView.Page(Get((string)context.GetRouteValue("id")!)).ExecuteAsync(context));
        routes.MapGet("/calibration/compare", context =>
            ComparisonView.Page(Get(context.Request.Query["before"]), Get(context.Request.Query["after"])).ExecuteAsync(context));
        routes.MapGet("/calibration/live", Stream).DisableRequestTimeout().RequireRateLimiting(ServerLimits.Streams);
    }

    private Html? Live() => run is null ? null : LiveView.Render(run.Read(), clock.GetUtcNow());

    private IReadOnlyList<HistoryEntry> Runs()
    {
        using var reader = new HistoryReader(historyFile);
        return reader.All();
    }

    private HistoryEntry Get(string? id)
    {
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw new InputException($"a run is asked for by its number, for example 3, not by '{id}'");
        using var reader = new HistoryReader(historyFile);
        return reader.Get(number);
    }

    /// <summary>Pushes the live part of the dashboard after each change (server-sent events).</summary>
    private async Task Stream(HttpContext context)
    {
        if (run is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await TypedResults.ServerSentEvents(Events(run, leave.Token)).ExecuteAsync(context);
    }

    private async IAsyncEnumerable<SseItem<string>> Events(
        RunTail tail, [EnumeratorCancellation] CancellationToken leave)
    {
        await foreach (var snapshot in tail.Follow(leave))
            yield return new(LiveView.Render(snapshot, clock.GetUtcNow()).ToString(), "run");
    }
}
