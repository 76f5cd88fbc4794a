using System.IO.Compression;
using System.Text.Json;
using SlmPlanner.Planner.Tests.Commands;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Logs;

/// <summary>Logs of our own making with made-up numbers, each in the form of a logger and with its traps.</summary>
internal static class LogFixtures
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "Planner.Tests", "Logs", "Fixtures");

    /// <summary>The logs of lines.</summary>
    public static IReadOnlyList<string> Lines { get; } =
        [.. Directory.EnumerateFiles(Folder).Select(path => Path.GetFileName(path))
            .Where(name => name is not ("smi.csv" or "dcgm.prom")).Order(StringComparer.Ordinal)];

    public static string Of(string name) => Path.Combine(Folder, name);

    /// <summary>The one observation that <c>learn --dry-run</c> prints of a log.</summary>
    public static JsonElement Learn(string path, params string[] options)
    {
        var run = CommandRun.Of(["learn", path, "--dry-run", "--format", "json", .. options]);
        return Assert.Single(JsonDocument.Parse(run.Output).RootElement.GetProperty("observations").EnumerateArray());
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var packed = new GZipStream(memory, CompressionLevel.Fastest))
            packed.Write(bytes);
        return memory.ToArray();
    }

    public static IEnumerable<string> Strings(this JsonElement of, string name) => of.GetProperty(name).EnumerateArray()
        .Select(item => item.GetString()!);
}
