using SlmPlanner.Data.History;
using SlmPlanner.Planner.Commands;

using SlmPlanner.Planner.Requests;
using SlmPlanner.Planner.Web.Hosting;
using SlmPlanner.Tests;

[assembly: AssemblyFixture(typeof(SlmPlanner.Web.Tests.RunningSite))]

namespace SlmPlanner.Web.Tests;

/// <summary>The whole server on a free port of loopback, with a history of two runs and a calibration folder that tests write to.</summary>
public sealed class RunningSite : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private Site? _site;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_site!.Address.Replace("localhost", "127.0.0.1", StringComparison.Ordinal));

    /// <summary>A client of it.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>The folder of the watched run.</summary>
    public string CalibrationFolder => _folder.Path;

    /// <summary>What it plans with.</summary>
    internal Workbench Bench { get; } = DataOptions.OpenBench(new(), TimeProvider.System);

    public async ValueTask InitializeAsync()
    {
        var history = Path.Combine(_folder.Path, "history.db");
        using (var store = new HistoryStore(history))
        {
            store.Add(Entry("CPU-one", 1e12));
            store.Add(Entry("CPU-two", 2e12));
        }
        var settings = new ServeSettings { Port = 0, HistoryFile = history, CalibrationFolder = CalibrationFolder, HasMetrics = true };
        _site = Site.Build(settings, Bench, TimeProvider.System);
        await _site.Start();
        Client = new() { BaseAddress = Address };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _site!.DisposeAsync();
        _folder.Dispose();
    }

    private static HistoryEntry Entry(string device, double rate) => new()
    {
        At = new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero),
        Machine = "host",
        Device = device,
        Versions = "slm-calibrate 0.1.0",
        Settings = "5 min, 2 threads, seed 1",
        Folder = "elsewhere",
        Bursts = 40,
        HeldOutError = 0.07,
        Numbers = new Dictionary<string, double> { ["matmul fp32 512x512x512_per_s"] = rate, [$"Speed (Device {device})"] = 0.01 },
    };
}
