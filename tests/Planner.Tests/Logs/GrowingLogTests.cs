using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs;
using SlmPlanner.Data.Logs.Tables;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Logs;

/// <summary>A log that grows while it is read, is cut in the middle of a line, is rotated.</summary>
public sealed class GrowingLogTests
{
    private static readonly Dictionary<string, Metric> None = [];
    private static readonly string Whole = new TrackedLog().Steps(1, 2000).Text;

    [Fact]
    public void A_log_read_as_it_grows_is_the_log_read_at_once()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var random = new Random(seed);
            using var folder = new TemporaryFolder();
            var path = folder.Write("train.log", "");
            using var log = new GrowingLog(path, None);
            for (var at = 0; at < Whole.Length;)
            {
                var length = Math.Min(random.Next(1, 5000), Whole.Length - at);
                File.AppendAllText(path, Whole.AsSpan(at, length));
                at += length;
                Assert.True(log.Look().Log is null or { PrintedSteps: >= 0 });
            }
            Same(log.Look(isLast: true).Log!);
        }
    }

    [Fact]
    public void A_line_that_is_cut_waits_for_its_rest()
    {
        using var folder = new TemporaryFolder();
        var lines = Whole.Split('\n');
        var path = folder.Write("train.log", string.Join('\n', lines[..50]) + "\n" + lines[50][..^40]);
        using var log = new GrowingLog(path, None);
        var before = log.Look().Log!.PrintedSteps;
        File.AppendAllText(path, lines[50][^40..] + "\n");
        Assert.Equal(before + 1, log.Look().Log!.PrintedSteps);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_rotated_log_goes_on(bool isRenamed)
    {
        using var folder = new TemporaryFolder();
        var cut = Whole.IndexOf("step: 1000", StringComparison.Ordinal);
        cut = Whole.IndexOf('\n', cut) + 1;
        var path = folder.Write("train.log", Whole[..(cut - 300)]);
        using var log = new GrowingLog(path, None);
        log.Look();
        if (isRenamed)
        {
            File.AppendAllText(path, Whole[(cut - 300)..cut]);
            File.Move(path, path + ".1");
        }
        else
        {
            File.AppendAllText(path, Whole[(cut - 300)..cut]);
            log.Look();
            using var shortened = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            shortened.SetLength(0);
        }
        File.AppendAllText(path, Whole[cut..]);
        log.Look();
        Same(log.Look(isLast: true).Log!);
    }

    private static void Same(RunLog log)
    {
        using var folder = new TemporaryFolder();
        var once = new RunReader(None).Read([folder.Write("train.log", Whole)]).Log!;
        Assert.Equal(once.PrintedSteps, log.PrintedSteps);
        Assert.Equal(once.Steps, log.Steps);
        Assert.Empty(log.Events);
    }
}
