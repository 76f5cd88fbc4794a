using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SlmPlanner.Core;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Planner.Web.Safety;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Planner.Web.Runs;

/// <summary>The addresses of runs: all of them, one that is watched and its changes, one that was learned, two beside each other.</summary>
/// <param name="watched">Runs that are watched, in the order in which the server was told of them.</param>
/// <param name="learned">Runs of the store.</param>
/// <param name="currency">In which amounts are shown; null for dollars.</param>
internal sealed class RunsEndpoints(IReadOnlyList<WatchedRun> watched, LearnedRuns learned, PlanCurrency? currency)
{
    /// <summary>Maps them.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "/runs", _ => RunsView.Page([.. watched.Select(run => run.Look())], learned.All(), learned.HasStore));
        Map(routes, "/runs/{number:int}", context => WatchedRunView.Page(Watched(Route(context, "number")).Look()));
        Map(routes, "/runs/learned/{id}", context => Learned(Route(context, "id")));
        Map(routes, "/runs/compare", context => RunComparisonView.Page(Figures(context.Request.Query["first"]),
            Figures(context.Request.Query["second"])));
        routes.MapGet("/runs/{number:int}/live", Stream).DisableRequestTimeout().RequireRateLimiting(ServerLimits.Streams);
    }

    private void Map(IEndpointRouteBuilder routes, string address, Func<HttpContext, IResult> page) => routes.MapGet(address, context =>
    {
        using var shown = ShownCurrency.Use(currency);
        return page(context).ExecuteAsync(context);
    });

    private IResult Learned(string id)
    {
        var run = learned.Get(id);
        return LearnedRunView.Page(run, learned.Surprise(run));
    }

    private RunFigures Figures(string? key) => key is null
        ? throw new InputException("two runs are compared by ?first=…&second=…; /runs lists them")
        : watched.Any(run => Text(run.Number) == key) ? RunFigures.Of(Watched(key).Look())
        : RunFigures.Of(learned.Get(key), learned.Curve(learned.Get(key)));

    private WatchedRun Watched(string number) => watched.FirstOrDefault(run => Text(run.Number) == number)
        ?? throw new InputException($"no run of the number {number} is watched; /runs lists them");

    private static string Route(HttpContext context, string name) => (string)context.GetRouteValue(name)!;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Pushes the live part of a run after each change (server-sent events).</summary>
    private async Task Stream(HttpContext context)
    {
        var run = Watched(Route(context, "number"));
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await TypedResults.ServerSentEvents(Events(run, leave.Token)).ExecuteAsync(context);
    }

    private async IAsyncEnumerable<SseItem<string>> Events(WatchedRun run, [EnumeratorCancellation] CancellationToken leave)
    {
        await foreach (var state in run.Follow(leave))
            yield return new(Live(state), "run");
    }

    private string Live(WatchedState state)
    {
        using var shown = ShownCurrency.Use(currency);
        return WatchedRunView.Live(state).ToString();
    }
}
