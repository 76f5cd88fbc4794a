using System.Text.Json;
using SlmPlanner.Calibrator.Distributed.Launch;
using SlmPlanner.Calibrator.Distributed.Mpi;
using SlmPlanner.Calibrator.Measurement;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Torch.Tests.Distributed;

/// <summary>Bursts on two ranks, as the commands run them.</summary>
public sealed class RankBurstTests(ITestOutputHelper output)
{
    private const double Mebi = 1 << 20;

    /// <summary>Parameters dominate its memory: 16 bytes each, few tokens.</summary>
    private static readonly BurstSpec Wide = Torch.Tiny with
    {
        NLayers = 4, DModel = 256, DFfn = 688, Vocab = 512, SeqLen = 32, MicroBatch = 1, Warmup = 0, Steps = 2,
    };

    private static readonly LaunchOptions TwoRanks = new(2, null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5));

    /// <summary>
    /// ZeRO 2 halves gradients and moments, full sharding the parameters too, but for the root and two gathered blocks. DDP's
    /// non-blocking all-reduce also holds a copy of its bucket inside MPI, here all gradients.
    /// </summary>
    [Fact]
    public async Task Memory_per_rank_falls_by_the_states_that_are_sharded()
    {
        var ddp = await Peak(BurstParallelism.Ddp);
        var zero2 = await Peak(BurstParallelism.Zero2);
        var full = await Peak(BurstParallelism.FsdpFull);
        double parameters = Wide.NLayers * ((4 * 256 * 256) - (256 * 256) + (3 * 256 * 688)) + (512 * 256);
        double block = (parameters - (512 * 256)) / Wide.NLayers;
        var bucket = 4 * parameters;
        output.WriteLine($"ddp {ddp / Mebi:0.0} zero2 {zero2 / Mebi:0.0} full {full / Mebi:0.0} MiB for {parameters / 1e6:0.00} M "
            + $"parameters");
        Assert.InRange(ddp - zero2, 0.9 * 12 * parameters / 2, (12 * parameters / 2) + bucket);
        Assert.InRange(ddp - full, 0.9 * ((16 * parameters / 2) - (4 * ((512 * 256) + (2 * block)))), (16 * parameters / 2) + bucket);
    }

    [Fact]
    public void A_burst_under_mpirun_is_measured_as_a_burst_with_ranks_is()
    {
        Torch.LoadOrSkip();
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, JsonSerializer.Serialize(Torch.Tiny with { Parallelism = BurstParallelism.Zero2 },
                MeasurementJson.Line));
            using var error = new StringWriter();
            var outcome = RanksOfTest.Run(2, error, "burst", "--spec", file, "--format", "json");
            output.WriteLine(outcome.Output + error);
            Assert.Null(outcome.Failure);
            using var result = JsonDocument.Parse(outcome.Output);
            Assert.Equal(2, result.RootElement.GetProperty("ranks").GetInt32());
            var alone = Torch.Tiny.TokensPerStep / result.RootElement.GetProperty("step_time_s").GetProperty("median").GetDouble();
            Assert.Equal(2 * alone, result.RootElement.GetProperty("tokens_per_s").GetDouble(), 1e-6 * alone);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Schemes_that_race_train_the_same_model_step_by_step()
    {
        var report = await Run(Torch.Tiny with { Warmup = 1, Steps = 3 }, purpose: RankPurpose.Race);
        Assert.True(report.Status == BurstStatus.Ok, report.Message);
        Assert.Equal(SchemeRace.Schemes.Count, report.Race!.Count);
        Assert.All(report.Race, lane =>
        {
            Assert.Equal([true, false, false, false], lane.Select(sample => sample.Warmup));
            Assert.All(lane.Zip(report.Race[0]), pair => Assert.Equal(pair.Second.Loss, pair.First.Loss, 1e-4));
            Assert.All(lane, sample => Assert.True(sample.StepSeconds > 0));
        });
    }

    [Fact]
    public async Task Ranks_that_can_not_train_are_a_failed_burst_with_the_reason()
    {
        var report = await Run(Torch.Tiny with { Parallelism = BurstParallelism.OneRank });
        Assert.Equal(BurstStatus.Failed, report.Status);
        Assert.Contains("parallelism is single", report.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ranks_that_take_too_long_are_a_failed_burst_with_the_limit()
    {
        var report = await Run(Torch.Tiny with { Parallelism = BurstParallelism.Ddp, Steps = 100_000 },
            TwoRanks with { Limit = TimeSpan.FromSeconds(5) });
        Assert.Equal(BurstStatus.Failed, report.Status);
        Assert.Contains("longer than 5 s", report.Message, StringComparison.Ordinal);
    }

    private static async Task<double> Peak(BurstParallelism parallelism)
    {
        var report = await Run(Wide with { Parallelism = parallelism });
        Assert.True(report.Status == BurstStatus.Ok, report.Message);
        return report.PeakMemoryBytes!.Value;
    }

    private static Task<RankReport> Run(BurstSpec spec, LaunchOptions? launch = null, RankPurpose purpose = RankPurpose.Memory)
    {
        Torch.LoadOrSkip();
        Assert.SkipWhen(MpiSetup.LauncherVersion() is null || !MpiLibrary.Present, $"no MPI on this machine; {MpiSetup.Hint}");
        return RankProcess.Run(spec, purpose, "cpu", null, null, launch ?? TwoRanks, TestContext.Current.CancellationToken);
    }
}
