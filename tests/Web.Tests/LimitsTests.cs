using System.Net;
using SlmPlanner.Planner.Web.Hosting;

namespace SlmPlanner.Web.Tests;

public sealed class LimitsTests(RunningSite running)
{
    private const int FarMore = 40;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Live_streams_are_refused_beyond_a_number_and_end_when_the_server_stops()
    {
        var site = Site.Build(new() { Port = 0, HistoryFile = "none", CalibrationFolder = running.CalibrationFolder }, running.Bench,
            TimeProvider.System);
        await site.Start();
        using var client = new HttpClient { BaseAddress = new(site.Address) };
        var answers = await Task.WhenAll(Enumerable.Range(0, FarMore).Select(_ =>
            client.GetAsync("/calibration/live", HttpCompletionOption.ResponseHeadersRead, Stop)));
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.ServiceUnavailable);
        var open = answers.First(answer => answer.StatusCode == HttpStatusCode.OK);
        await site.DisposeAsync();
        Assert.Contains("event: run", await open.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_watched_run_nothing_is_pushed_and_without_metrics_none_are_shown()
    {
        await using var site = Site.Build(new() { Port = 0, HistoryFile = "none" }, running.Bench, TimeProvider.System);
        await site.Start();
        using var client = new HttpClient { BaseAddress = new(site.Address) };
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/calibration/live", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/metrics", Stop)).StatusCode);
        Assert.Contains("No run is in the history yet", await client.GetStringAsync("/calibration", Stop), StringComparison.Ordinal);
    }
}
