using SlmPlanner.Core.Measurements;
using SlmPlanner.Data.History;
using SlmPlanner.Data.Store;
using SlmPlanner.Planner.Commands;
using SlmPlanner.Planner.Options;
using SlmPlanner.Planner.Requests;
using SlmPlanner.Planner.Web.Hosting;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Plans;
using SlmPlanner.Tests;

[assembly: AssemblyFixture(typeof(SlmPlanner.Web.Tests.RunningSite))]

namespace SlmPlanner.Web.Tests;

/// <summary>The whole server on a free port of loopback, with a history of six runs and a calibration folder that tests write to.</summary>
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

    /// <summary>What the second watched run writes, slower than its plan.</summary>
    internal WatchedLog GrowingLog { get; private set; } = null!;

    /// <summary>What it plans with.</summary>
    internal Workbench Bench { get; } = DataOptions.OpenBench(new(), TimeProvider.System);

    public async ValueTask InitializeAsync()
    {
        var history = Path.Combine(_folder.Path, "history.db");
        using (var store = new HistoryStore(history))
        {
            foreach (var (machine, rate, day) in new[] { ("a", 1e12, 0), ("b", 1.02e12, 1), ("c", 1e12, 2), ("c", 0.8e12, 9) })
                store.Add(Entry("CPU-fleet", rate) with { Machine = machine, At = Day.AddDays(day) });
            store.Add(Entry("CPU-one", 1e12));
            store.Add(Entry("CPU-two", 2e12));
        }
        using (var store = EvidenceStore.OpenToAdd(history))
            store.Add([new(Burst, EvidenceKind.Burst)], Day);
        var settings = new ServeSettings
        {
            Port = 0, HistoryFile = history, CalibrationFolder = CalibrationFolder, HasMetrics = true, Tracked = Runs(),
                EvidenceFile = Learned(),
        };
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

    /// <summary>Adds to the log of the second run that is watched.</summary>
    internal void Append(string text) => File.AppendAllText(Path.Combine(_folder.Path, "growing.log"), text);

    /// <summary>Two runs of one plan: one that is half done and keeps it, one whose log is still empty.</summary>
    private string[] Runs()
    {
        var request = Bench.Requests.Read(new Given().With(RequestOptions.Model, "slm-1b").With(RequestOptions.Tokens, "2B")
            .With(RequestOptions.Budget, "100"));
        var plan = new Core.Planning.Planner(Bench.Inputs).Plan(request);
        var (file, steady) = (Path.Combine(_folder.Path, "plan.json"), new WatchedLog(plan.Recommendation!, 1));
        File.WriteAllText(file, PlanJson.Write(plan));
        File.WriteAllText(Path.Combine(_folder.Path, "steady.log"),
            steady.Head() + steady.Steps(100) + steady.Checkpoint(20) + steady.Steps(100));
        File.WriteAllText(Path.Combine(_folder.Path, "growing.log"), "");
        GrowingLog = new(plan.Recommendation!, 1.2);
        return [$"{file}={Path.Combine(_folder.Path, "steady.log")}", $"{file}={Path.Combine(_folder.Path, "growing.log")}"];
    }

    private string Learned()
    {
        var path = Path.Combine(_folder.Path, "evidence.db");
        using var store = EvidenceStore.OpenToAdd(path);
        store.Add([new(new()
        {
            Name = "learned-one", From = new("own runs"), Machine = new("H100-SXM", 8, 8), Stack = new("torchtitan"),
            Model = new() { Name = "slm-1b", Layers = 24, DModel = 2048 }, Recipe = new() { SeqLen = 2048, MicroBatch = 8 },
            Speed = new(25_000),
        }, EvidenceKind.Run, "learned.log")], new DateTimeOffset(2026, 11, 2, 12, 0, 0, TimeSpan.Zero));
        return path;
    }

    /// <summary>A burst that is a hundred times slower than any such device.</summary>
    private static Observation Burst { get; } = new()
    {
        Name = "burst-1", From = new(null), Machine = new("H100-SXM", 1, 1), Stack = new(Compile: false),
        Model = new() { Name = "small", Layers = 12, DModel = 768, Heads = 12, KvHeads = 12, DFfn = 3072, Vocab = 32_000 },
        Recipe = new() { SeqLen = 1024, MicroBatch = 8, GradAccum = 1 }, Mesh = new(null), Speed = new(1500, LogError: 0.01),
    };

    private static DateTimeOffset Day { get; } = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private static HistoryEntry Entry(string device, double rate) => new()
    {
        At = Day,
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
