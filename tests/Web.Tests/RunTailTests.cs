using System.Text;
using System.Text.Json;
using CsCheck;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;
using SlmPlanner.Planner.Web.Calibration;
using SlmPlanner.Tests;

namespace SlmPlanner.Web.Tests;

public sealed class RunTailTests : IDisposable
{
    private static readonly string Machine = Text(new()
    {
        At = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero),
        Environment = new()
        {
            Device = "CPU-é", DeviceKind = "cpu", Processor = "CPU-é", Threads = 2, MemoryBytes = 8e9, System = "Linux",
                Machine = "#a1b2c3",
            Program = "1.0.0", BudgetS = 300, Seed = 1,
        },
    });

    private static readonly string Burst = Text(new()
    {
        At = new(2026, 11, 24, 12, 0, 9, TimeSpan.Zero),
        HeldOut = true,
        Burst = new()
        {
            Spec = new()
            {
                NLayers = 2, DModel = 256, NHeads = 4, NKvHeads = 4, DFfn = 1024, FfnKind = FfnKind.Gelu, Vocab = 1000,
                    TiedEmbeddings = true,
                SeqLen = 128, MicroBatch = 4, GradAccum = 1, Precision = BurstPrecision.Fp32, Attention = AttentionKind.Flash,
                Recomputation = Recomputation.None, Parallelism = BurstParallelism.OneRank, Steps = 3, Warmup = 1, Seed = 1, Threads = 2,
            },
            Device = "CPU-é",
            Status = BurstStatus.Ok,
            Utilisation = [new() { TimeS = 1, BurstCores = 1.5, OtherCores = 0.1 }],
        },
    });

    private readonly TemporaryFolder _folder = new();

    private string Log => Path.Combine(_folder.Path, "measurements.jsonl");

    [Fact]
    public void However_the_file_grows_the_run_reads_the_same() => Gen.Int[1, 60].List[0, 40].Sample(pieces =>
    {
        using var folder = new TemporaryFolder();
        var log = Path.Combine(folder.Path, "measurements.jsonl");
        var (tail, bytes, at) = (new RunTail(folder.Path), Encoding.UTF8.GetBytes($"{Machine}\n{Burst}\n{Burst}\n"), 0);
        foreach (var length in pieces.Append(bytes.Length))
        {
            using (var file = new FileStream(log, FileMode.Append))
                file.Write(bytes.AsSpan(at, Math.Min(length, bytes.Length - at)));
            at = Math.Min(bytes.Length, at + length);
            tail.Read();
        }
        var run = tail.Read();
        Assert.Equal(("CPU-é", 2, 2, 0), (run.Machine!.Device, run.Bursts.Count, run.HeldOut, run.Unreadable));
        Assert.Equal(0.75, run.Latest!.MeanBusy(run.Threads));
    }, iter: 25);

    [Fact]
    public void A_line_that_is_no_measurement_is_counted_and_passed_over()
    {
        File.WriteAllText(Log, $"{Machine}\n{{\"at\":\nnull\n{Burst}\n");
        var run = new RunTail(_folder.Path).Read();
        Assert.Equal((2, 1), (run.Unreadable, run.Bursts.Count));
    }

    /// <summary>More than is read at once, in two writes. Reading it again and again would show nothing of what follows.</summary>
    [Fact]
    public void A_line_too_long_to_be_a_measurement_is_counted_once_and_what_follows_is_read()
    {
        var half = new string('x', 12 << 20);
        File.WriteAllText(Log, $"{Machine}\n{Burst}\n{half}{half}");
        var tail = new RunTail(_folder.Path);
        for (var look = 0; look < 3; look++)
            tail.Read();
        File.AppendAllText(Log, $"{half}\n{Burst}\n");
        tail.Read();
        var run = tail.Read();
        Assert.Equal((1, 2), (run.Unreadable, run.Bursts.Count));
    }

    [Fact]
    public void A_file_that_became_shorter_is_a_new_run()
    {
        File.WriteAllText(Log, $"{Machine}\n{Burst}\n{Burst}\n");
        var tail = new RunTail(_folder.Path);
        Assert.Equal(2, tail.Read().Bursts.Count);
        File.WriteAllText(Log, $"{Machine}\n{Burst}\n");
        Assert.Single(tail.Read().Bursts);
    }

    [Fact]
    public void A_run_is_finished_when_its_profile_is_newer_than_its_measurements()
    {
        File.WriteAllText(Log, $"{Machine}\n");
        var tail = new RunTail(_folder.Path);
        Assert.False(tail.Read().IsFitted);
        File.SetLastWriteTimeUtc(_folder.Write("profile.json", "{}"), DateTime.UtcNow.AddMinutes(1));
        Assert.True(tail.Read().IsFitted);
    }

    [Fact]
    public void A_folder_that_does_not_exist_yet_is_a_run_that_has_not_begun() =>
        Assert.Null(new RunTail(Path.Combine(_folder.Path, "later")).Read().Machine);

    private static string Text(MeasurementLine line) => JsonSerializer.Serialize(line, MeasurementJson.Line);

    public void Dispose() => _folder.Dispose();
}
