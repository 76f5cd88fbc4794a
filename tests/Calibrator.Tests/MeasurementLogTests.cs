using SlmPlanner.Calibrator.Measurement;
using SlmPlanner.Core;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Tests;

public sealed class MeasurementLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("log").FullName;

    private string LogPath => Path.Combine(_folder, "measurements.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Lines_come_back_as_they_were_written()
    {
        var line = Burst(3);
        Write(line, Burst(4) with { HeldOut = true });
        var (lines, problems) = MeasurementLog.Read(LogPath);
        Assert.Empty(problems);
        Assert.Equal([3, 4], lines.Select(read => read.Burst!.Spec.NLayers));
        Assert.Equal([false, true], lines.Select(read => read.HeldOut));
        Assert.Equal(line.Burst!.Spec, lines[0].Burst!.Spec);
        Assert.Equal(line.Burst.Samples, lines[0].Burst!.Samples);
        Assert.Equal(line.At, lines[0].At);
    }

    [Fact]
    public void A_line_cut_short_by_a_crash_is_skipped_named_and_ended_before_the_next_one()
    {
        Write(Burst(1), Burst(2));
        var bytes = File.ReadAllBytes(LogPath);
        File.WriteAllBytes(LogPath, bytes[..^40]);
        Write(Burst(3));
        var (lines, problems) = MeasurementLog.Read(LogPath);
        Assert.Equal([1, 3], lines.Select(read => read.Burst!.Spec.NLayers));
        Assert.Contains("line 2: skipped", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("{}")]
    [InlineData("{\"at\":\"2026-01-01T00:00:00Z\",\"unknown\":1}")]
    [InlineData("null")]
    [InlineData("\0\0\0\0")]
    public void A_corrupted_line_loses_only_itself(string bad)
    {
        Write(Burst(1));
        File.AppendAllText(LogPath, bad + "\n");
        Write(Burst(2));
        var (lines, problems) = MeasurementLog.Read(LogPath);
        Assert.Equal(2, lines.Count(line => line.Burst is not null));
        Assert.Contains("line 2", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_is_a_message_and_loses_nothing()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs /dev/full");
        var exception = Assert.Throws<InputException>(() =>
        {
            using var log = MeasurementLog.Open("/dev/full");
            log.Append(Burst(1));
        });
        Assert.StartsWith("cannot write /dev/full", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_runs_in_one_folder_are_refused()
    {
        using var first = RunFolder.Open(_folder, resume: false);
        var exception = Assert.Throws<InputException>(() => RunFolder.Open(_folder, resume: false));
        Assert.Contains("another run holds this folder", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_with_measurements_is_not_started_over()
    {
        Write(Burst(1));
        var exception = Assert.Throws<InputException>(() => RunFolder.Open(_folder, resume: false));
        Assert.Contains("--resume", exception.Message, StringComparison.Ordinal);
        using var resumed = RunFolder.Open(_folder, resume: true);
        Assert.Equal(_folder, resumed.Path);
    }

    [Fact]
    public void A_place_that_is_no_folder_is_refused()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        Assert.Throws<InputException>(() => RunFolder.Open(Path.Combine(file, "run"), resume: false));
        Assert.Throws<InputException>(() => RunFolder.Open(Path.Combine(_folder, "none"), resume: true));
    }

    private void Write(params MeasurementLine[] lines)
    {
        using var log = MeasurementLog.Open(LogPath);
        foreach (var line in lines)
            log.Append(line);
    }

    private static MeasurementLine Burst(int layers) => new()
    {
        At = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Burst = new()
        {
            Spec = Specs.Small with { NLayers = layers },
            Device = "test",
            Status = BurstStatus.Ok,
            StepTimeS = new(1, 0.9, 1.1, 0.1, 0.9, 6),
            Samples = [new StepSample(0, true, 1.5, 0.5, 0.9, 0.1, 4.2)],
        },
    };
}
