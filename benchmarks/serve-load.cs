#!/usr/bin/env dotnet
#:property GenerateDocumentationFile=false
#:property NoWarn=$(NoWarn);CA2007
// Starts a published slm-plan, asks it for plans at a constant rate whatever it answers, and prints errors, latencies and memory.
// Usage: dotnet run benchmarks/serve-load.cs -- path/to/slm-plan [requests per second] [seconds] [share of requests never made before]
using System.Diagnostics;
using System.Globalization;

var program = args.Length > 0 ? args[0] : throw new ArgumentException("usage: serve-load path/to/slm-plan [rate] [seconds] [fresh share]");
var rate = Number(1, 50);
var seconds = Number(2, 60);
var freshShare = Number(3, 0.02);
const int Port = 5099;

using var server = Process.Start(new ProcessStartInfo(program,
    ["serve", "--port", $"{Port}", "--evidence", "none"]) { RedirectStandardError = true })!;
try
{
    string? said;
    do
        Console.WriteLine(said = await server.StandardError.ReadLineAsync());
    while (said?.StartsWith("listening", StringComparison.Ordinal) == false);
    using var client = new HttpClient { BaseAddress = new($"http://localhost:{Port}"), Timeout = TimeSpan.FromSeconds(30) };
    string[] models = ["slm-100m", "slm-500m", "slm-1b", "slm-2b"];
    string[] limits = ["budget=500", "budget=2000", "budget=10000", "deadline=2d", "deadline=14d&spot=true", "budget=5000&max-gpus=16"];
    string[] tokens = ["5B", "20B"];
    var mixed = (from model in models from limit in limits from token in tokens select $"/api/plan?model={model}&tokens={token}&{limit}")
        .ToArray();

    var warm = Stopwatch.StartNew();
    foreach (var address in mixed)
        await client.GetAsync(address);
    Console.WriteLine(Invariant($"warm-up: {mixed.Length} distinct plans one after the other, {warm.Elapsed.TotalMilliseconds / mixed.Length:0} ms each"));

    server.Refresh();
    var processorBefore = server.TotalProcessorTime;
    var random = new Random(1);
    var (known, fresh, memory) = (new List<double>(), new List<double>(), new List<double>());
    var (errors, lockOfLists) = (0, new Lock());
    var pending = new List<Task>();
    var clock = Stopwatch.StartNew();
    for (var number = 0; number < rate * seconds; number++)
    {
        var due = TimeSpan.FromSeconds(number / rate);
        if (due > clock.Elapsed)
            await Task.Delay(due - clock.Elapsed);
        if (number % (int)(rate * 10) == 0)
        {
            server.Refresh();
            memory.Add(server.WorkingSet64 / 1e6);
        }
        var isFresh = random.NextDouble() < freshShare;
        var address = isFresh ? $"/api/plan?model=slm-1b&tokens=20B&budget={1000 + number}" : mixed[random.Next(mixed.Length)];
        pending.Add(Ask(address, due, isFresh ? fresh : known));
    }
    await Task.WhenAll(pending);
    server.Refresh();
    memory.Add(server.WorkingSet64 / 1e6);

    Console.WriteLine(Invariant($"{pending.Count} requests at {rate}/s for {clock.Elapsed.TotalSeconds:0} s, {errors} errors"));
    Print("all", [.. known, .. fresh]);
    Print("answered before", known);
    Print("never asked before", fresh);
    Console.WriteLine(Invariant($"server's processor time: {(server.TotalProcessorTime - processorBefore).TotalSeconds:0.0} s"));
    Console.WriteLine($"memory every 10 s, MB: {string.Join(", ", memory.Select(value => Invariant($"{value:0}")))}");

    async Task Ask(string address, TimeSpan due, List<double> latencies)
    {
        try
        {
            using var response = await client.GetAsync(address);
            await response.Content.ReadAsByteArrayAsync();
            if (!response.IsSuccessStatusCode)
                Interlocked.Increment(ref errors);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            Interlocked.Increment(ref errors);
        }
        var latency = (clock.Elapsed - due).TotalMilliseconds;
        lock (lockOfLists)
            latencies.Add(latency);
    }
}
finally
{
    server.Kill();
}

double Number(int index, double otherwise) => args.Length > index ? double.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;

static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

static void Print(string name, List<double> latencies)
{
    if (latencies.Count == 0)
        return;
    latencies.Sort();
    double At(double share) => latencies[(int)Math.Min(latencies.Count - 1, share * latencies.Count)];
    Console.WriteLine(Invariant($"{name}: {latencies.Count} requests, median {At(0.5):0} ms, 90th {At(0.9):0}, 99th {At(0.99):0}, longest {latencies[^1]:0}"));
}
