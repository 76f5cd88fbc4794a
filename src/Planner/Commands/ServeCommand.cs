using System.Net;
using SlmPlanner.Core;
using SlmPlanner.Data.Store;
using SlmPlanner.Planner.Options;
using SlmPlanner.Planner.Web.Hosting;
using SlmPlanner.Planner.Web.Safety;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan serve</c>: the planner as a local web page.</summary>
internal sealed class ServeCommand(TimeProvider clock)
{
    private static readonly CommandOption<int> Port = CommandOption.OrElse(
        "port", Values.Whole("PORT").Within(0, IPEndPoint.MaxPort), 5080, "port to listen on; 0 takes a free one");

    private static readonly CommandOption<string?> Host = CommandOption.Text(
        "host", "ADDRESS", "IP address to listen on; 0.0.0.0 is every address of this machine") with
    {
        Example = "0.0.0.0", Default = "loopback",
    };

    private static readonly CommandOption<string?> Calibration = CommandOption.Text(
        "calibration", "FOLDER", "folder of a calibration run to watch") with
    {
        Example = "my-machine",
    };

    private static readonly CommandOption<string?> History = CommandOption.Text("history", "FILE", "SQLite file of past calibrations") with
    {
        Example = "history.db", Default = "the user's own",
    };

    private static readonly CommandOption<IReadOnlyList<string>> Track = CommandOption.Repeated(
        "track", Values.Text("PLAN=LOG"), "a run to show against its plan as it goes: a plan.json and the run's log") with
    {
        Example = "out/plan.json=train.log",
    };

    private static readonly CommandOption<bool> Metrics = CommandOption.Flag("metrics", "publish figures for Prometheus at /metrics");

    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command(
        "serve", "Serve a local web page that plans, re-plans while you move sliders, and shows runs and calibrations.")
    {
        Options = [Port, Host, Track, Calibration, History, Metrics, DataOptions.Offers, .. CurrencyOptions.All, .. DataOptions.Predicting],
        Examples = ["slm-plan serve --port 8080", "slm-plan serve --track out/plan.json=train.log"],
    }.DoneBy<ServeCommand>((command, given) => command.Serve(given));

    /// <summary>Serves until it is stopped with Ctrl-C.</summary>
    private async Task<int> Serve(Given given)
    {
        var settings = new ServeSettings
        {
            Address = AddressOf(given.Of(Host)),
            Port = given.Of(Port),
            CalibrationFolder = given.Of(Calibration),
            HistoryFile = given.Of(History) ?? StorePlace.WithOldHistory(),
            HasMetrics = given.Of(Metrics),
            Tracked = given.Of(Track),
            EvidenceFile = EvidencePath.ToRead(given),
            Currency = CurrencyOptions.Of(given),
        };
        var bench = DataOptions.OpenBench(given, clock);
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
