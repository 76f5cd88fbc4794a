using System.Text.Json;
using System.Text;
using SlmPlanner.Planner.Tests.Commands;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Logs;

/// <summary>What must not change what is read: the order of ranks within a step, colours, line ends, packing.</summary>
public sealed class LogPropertyTests
{
    public static TheoryData<string> Logs =>
        [.. LogFixtures.Lines
            .Where(name => !name.EndsWith(".csv", StringComparison.Ordinal) && !name.EndsWith(".jsonl", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Logs))]
    public void Colours_change_nothing(string name) => Same(name, text => string.Join('\n', text.Split('\n')
        .Select((line, index) => line.Length == 0 ? line
            : $"\x1b[{31 + index % 7}m{line[..(line.Length / 2)]}\x1b[0m\x1b[1m{line[(line.Length / 2)..]}\x1b[0m")));

    [Theory]
    [MemberData(nameof(Logs))]
    public void Line_ends_change_nothing(string name) => Same(name, text => text.ReplaceLineEndings("\r\n"));

    /// <summary>srun -l puts the number of the process before each line.</summary>
    [Theory]
    [MemberData(nameof(Logs))]
    public void The_launchers_mark_changes_nothing(string name)
    {
        if (!File.ReadLines(LogFixtures.Of(name)).Any(IsMarked))
            Same(name, text => string.Join('\n', text.Split('\n').Select(line => line.Length == 0 ? line : $"0: {line}")));
    }

    /// <summary>Whether a program or launcher tells the rank of a line already.</summary>
    private static bool IsMarked(string line) => line.Contains("rank", StringComparison.OrdinalIgnoreCase)
        || line.StartsWith("[default", StringComparison.Ordinal);

    /// <summary>Docker wraps each line in an object, and cuts long ones into parts.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void Dockers_wrapping_changes_nothing(string name) => Same(name, text => string.Concat(
        Parts(text).Select(part => JsonSerializer.Serialize(
            new { log = part, stream = "stdout", time = "2026-02-03T10:00:00.123456789Z" }) + "\n")));

    /// <summary>Kubernetes puts a time, a stream and a mark of the line's end before it.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void Kubernetes_wrapping_changes_nothing(string name) => Same(name, text => string.Concat(
        Parts(text).Select(part => $"2026-02-03T10:00:00.123456789Z stdout {(part.EndsWith('\n') ? 'F' : 'P')} {part.TrimEnd('\n')}\n")));

    public static TheoryData<string> All => [.. LogFixtures.Lines];

    /// <summary>Lines with their ends, long ones in parts; a last line without its end gets one.</summary>
    private static IEnumerable<string> Parts(string text)
    {
        const int LongestPart = 120;
        return text.TrimEnd('\n').Split('\n').SelectMany(line => (line + "\n").Chunk(LongestPart)).Select(part => new string(part));
    }

    [Theory]
    [InlineData("wandb.csv")]
    [InlineData("wandb.jsonl")]
    [InlineData("lightning.csv")]
    public void Line_ends_of_tables_change_nothing(string name) => Same(name, text => text.ReplaceLineEndings("\r\n"));

    [Fact]
    public void The_order_of_ranks_within_a_step_changes_nothing()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            Same("torchtitan.log", text =>
                string.Join('\n', Blocks(text.Split('\n')).SelectMany(block => block.OrderBy(_ => random.Next()))));
        }
    }

    [Fact]
    public void More_ranks_change_nothing() => Same("torchtitan.log", text => string.Join('\n', text.Split('\n').SelectMany(line =>
        line.Contains("[rank1]", StringComparison.Ordinal)
            ? Enumerable.Range(1, 7).Select(rank => line.Replace("[rank1]", $"[rank{rank}]", StringComparison.Ordinal)) : [line])));

    [Theory]
    [MemberData(nameof(Logs))]
    public void Packing_changes_nothing(string name)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, name);
        File.WriteAllBytes(path, LogFixtures.Gzip(File.ReadAllBytes(LogFixtures.Of(name))));
        Assert.Equal(Read(LogFixtures.Of(name)), Read(path));
    }

    /// <summary>The packed log was made with xz and zstd of the system, from <c>llm.c.log</c>.</summary>
    [Theory]
    [InlineData("llm.c.log.xz")]
    [InlineData("llm.c.log.zst")]
    public void Every_kind_of_packing_is_undone(string name)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "llm.c.log");
        File.Copy(Path.Combine(LogFixtures.Folder, "packed", name), path);
        Assert.Equal(Read(LogFixtures.Of("llm.c.log")), Read(path));
    }

    /// <summary>Lines that belong to one step, one after the other.</summary>
    private static IEnumerable<List<string>> Blocks(IEnumerable<string> lines)
    {
        var block = new List<string>();
        var last = "";
        foreach (var line in lines)
        {
            var at = line.IndexOf("step:", StringComparison.Ordinal);
            var step = at < 0 || line.Contains("validate", StringComparison.Ordinal) ? "" : line.Substring(at, 10);
            if (step.Length == 0 || step != last)
            {
                yield return block;
                block = [];
            }
            block.Add(line);
            last = step;
        }
        yield return block;
    }

    private static void Same(string name, Func<string, string> change)
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(Read(LogFixtures.Of(name)), Read(folder.Write(name, change(File.ReadAllText(LogFixtures.Of(name))))));
    }

    private static string Read(string path) => CommandRun.Of("learn", path, "--dry-run", "--format", "json").Output;
}
