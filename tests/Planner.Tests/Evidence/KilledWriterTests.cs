using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using SlmPlanner.Data.Store;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Evidence;

/// <summary>
/// A process that adds to the store is killed at any moment: what it was told is kept must be there, and the store must be whole. A few
/// times here; <c>eng/kill-store</c> sets <c>SLM_KILLS</c> for many.
/// </summary>
public sealed class KilledWriterTests
{
    private const string Writes = "SLM_TEST_WRITES_TO";

    [Fact]
    public void What_was_acknowledged_survives_a_kill_at_any_moment()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "evidence.db");
        var kills = int.Parse(Environment.GetEnvironmentVariable("SLM_KILLS") ?? "3", CultureInfo.InvariantCulture);
        var random = new Random(kills);
        var acknowledged = new HashSet<string>();
        for (var kill = 0; kill < kills; kill++)
        {
            acknowledged.UnionWith(Killed(path, random.Next(1, 30), random.Next(0, 8)));
            using var store = EvidenceStore.OpenToRead(path);
            Assert.Subset(store.All().Select(kept => kept.Id).ToHashSet(), acknowledged);
        }
        Assert.True(acknowledged.Count >= kills, $"{acknowledged.Count} acknowledged in {kills} kills: too few to prove anything");
    }

    /// <summary>Starts a writer, kills it a moment after it acknowledged some, and returns all that it acknowledged.</summary>
    private static List<string> Killed(string path, int after, int milliseconds)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        start.Environment[Writes] = path;
        using var writer = Process.Start(start)!;
        var told = new List<string>();
        while (told.Count < after && writer.StandardOutput.ReadLine() is { } id)
            told.Add(id);
        Thread.Sleep(milliseconds);
        writer.Kill();
        told.AddRange(writer.StandardOutput.ReadToEnd().Split('\n').SkipLast(1));
        writer.WaitForExit();
        return told;
    }

    /// <summary>The writer: this test program itself, before it looks for tests.</summary>
    [ModuleInitializer]
    internal static void Write()
    {
        if (Environment.GetEnvironmentVariable(Writes) is not { } path)
            return;
        using var store = EvidenceStore.OpenToAdd(path);
        using var output = Console.OpenStandardOutput();
        for (var run = 1; ; run++)
        {
            var tokens = run + (Environment.ProcessId / 4_194_304.0);
            foreach (var id in store.Add([Seen.Learned(Seen.Run(tokens: tokens))], Seen.Noon))
                output.Write(System.Text.Encoding.ASCII.GetBytes(id + "\n"));
        }
    }
}
