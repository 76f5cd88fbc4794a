using System.Net;
using Cocona;
using SlmPlanner.Core;
using SlmPlanner.Data.History;
using SlmPlanner.Planner.Web.Hosting;
using SlmPlanner.Planner.Web.Safety;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan serve</c>: the planner as a local web page.</summary>
internal sealed class ServeCommand(TimeProvider clock)
{
    /// <summary>Serves until it is stopped with Ctrl-C.</summary>
    [Command("serve", Description = "Serve a local web page that plans, re-plans while you move sliders, and shows calibrations.")]
    public async Task<int> Serve(
        CommonOptions common,
        [Option(Description = "port to listen on; 0 takes a free one")] int port = 5080,
        [Option(Description = "IP address to listen on instead of loopback; 0.0.0.0 is every address of this machine")] string? host = null,
        [Option(Description = "your own price list (CSV) instead of the shipped snapshot")] string? offers = null,
        [Option(Description = "folder of a calibration run to watch")] string? calibration = null,
        [Option(Description = "SQLite file of past calibrations; by default the user's own")] string? history = null,
        [Option(Description = "publish figures for Prometheus at /metrics")] bool metrics = false)
    {
        if (port is < 0 or > IPEndPoint.MaxPort)
            throw new InputException($"--port is {port}, allowed 0 to {IPEndPoint.MaxPort}");
        var settings = new ServeSettings
        {
            Address = AddressOf(host),
            Port = port,
            CalibrationFolder = calibration,
            HistoryFile = history ?? HistoryStore.DefaultPath,
            HasMetrics = metrics,
        };
        var bench = new PlanOptions(Offers: offers).Open(common, clock);
        ServerLimits.ReserveThreads();
        await using var site = Site.Build(settings, bench, clock);
        await site.Start();
        Console.Error.WriteLine($"listening on {site.Address}; stop with Ctrl-C");
        await site.Ended();
        return ExitCode.Done;
    }

    private static IPAddress? AddressOf(string? host) => host is null
        ? null
        : IPAddress.TryParse(host, out var address)
            ? address
            : throw new InputException($"--host is '{host}', expected an IP address such as 127.0.0.1 or 0.0.0.0");
}
