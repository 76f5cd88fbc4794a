using SlmPlanner.Calibrator.Machine;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Tests;

public class MachineModelTests
{
    private static readonly BurstParallelism[] Schemes = [BurstParallelism.Ddp, BurstParallelism.Zero2, BurstParallelism.FsdpFull];

    private static readonly Accelerator Machine = new()
    {
        Name = "machine", Evidence = Evidence.Calibrated, MemoryGib = 8, MemoryBandwidthGbS = 10, Fp32Tflops = 0.05, Bf16Tflops = 0.05,
        Link = new("test", 2, 2, [.. Enum.GetValues<CollectiveOperation>()
            .Select(operation => new CollectiveLine(operation, 1e12, 1e-5, 0, 1e-4, 1e9))]),
    };

    [Fact]
    public void Schemes_that_raced_share_their_moment_and_other_bursts_have_their_own()
    {
        var other = Specs.Small with { SeqLen = 64 };
        var model = MachineModel.Fit(Machine, [.. Race(Specs.Small, 1), Burst(other, 0.1)]);
        Assert.Equal(["1", "1", "1", "2"], model.Fitted.Rows.Select(row => row.Keys.Moment));
    }

    /// <summary>
    /// Twelve races in which DDP is a fifth faster than the others; one is measured in a minute that is half as slow again.
    /// </summary>
    [Fact]
    public void A_slow_minute_of_a_race_moves_no_scheme_against_another()
    {
        BurstSpec[] specs = [.. new[] { 64, 96, 128, 160, 192,
            256 }.SelectMany(length => new[] { 1, 2 }.Select(batch => Specs.Small with { SeqLen = length, MicroBatch = batch }))];
        double Ratio(double pace)
        {
            var model = MachineModel.Fit(Machine, [.. specs.SelectMany((spec, index) => Race(spec, index == 5 ? pace : 1))]);
            return model.StepSeconds(specs[5] with { Parallelism = BurstParallelism.Zero2 })
                / model.StepSeconds(specs[5] with { Parallelism = BurstParallelism.Ddp });
        }
        Assert.Equal(Ratio(1), Ratio(1.5), 0.02);
    }

    /// <summary>By hand: half of the bursts at a fifth of the peak of 50 GFLOP/s, one slower and one faster.</summary>
    [Fact]
    public void The_rule_of_thumb_has_the_median_share_of_peak()
    {
        var spec = Specs.Small with { Parallelism = BurstParallelism.Ddp };
        var atPeak = 6.0 * Core.Models.ParameterCount.Of(spec.Shape).Total * spec.TokensPerStep / 50e9;
        var rule = NaiveStep.Of(Machine, [Burst(spec, 5 * atPeak), Burst(spec, 50 * atPeak), Burst(spec, 2 * atPeak)]);
        Assert.Equal(0.2, rule.Mfu, 1e-9);
        Assert.Equal(15 * atPeak, rule.Seconds(spec with { MicroBatch = 3 * spec.MicroBatch }), 1e-9);
    }

    private static IEnumerable<BurstResult> Race(BurstSpec spec, double pace) =>
        Schemes.Select(scheme => Burst(spec with { Parallelism = scheme },
            pace * 1e-4 * spec.TokensPerStep * (scheme == BurstParallelism.Ddp ? 0.8 : 1)));

    private static BurstResult Burst(BurstSpec spec, double seconds) => new()
    {
        Spec = spec,
        Device = "machine",
        Ranks = 2,
        RanksPerHost = 2,
        Status = BurstStatus.Ok,
        StepTimeS = new(seconds, seconds, seconds, 0, seconds, 6),
        TokensPerS = 2 * spec.TokensPerStep / seconds,
    };
}
