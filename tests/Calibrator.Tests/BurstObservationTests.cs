using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Measurements;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;
using SlmPlanner.Tests;

namespace SlmPlanner.Calibrator.Tests;

/// <summary>Bursts of a file of the first version, as observations. The numbers are read off the file.</summary>
public sealed class BurstObservationTests
{
    private static readonly IReadOnlyList<Observation> Observations =
        [.. BurstObservation.OfRun(MeasurementLog.Read(Version1.File("measurements.jsonl")).Lines)];

    [Fact]
    public void Every_measured_burst_of_an_old_file_is_an_observation()
    {
        Assert.Equal(["burst-1", "burst-2"], Observations.Select(observation => observation.Name));
        var (first, second) = (Observations[0], Observations[1]);
        Assert.Equal((Precision.Bf16Mixed, Precision.Fp32), (first.Recipe.Precision, second.Recipe.Precision));
        Assert.Equal((AttentionKind.Vanilla, FfnKind.Gelu, false), (first.Recipe.Attention, first.Model.FfnKind, first.Recipe.MayBePure));
        Assert.Equal((null, null), (first.Mesh.Scheme, first.Stack.Name));
        Assert.Equal(17422.577697252804, first.TokensPerSecondPerGpu);
        Assert.Equal([0.151672472], second.Speed!.SeriesSeconds!);
        Assert.Equal("2026-11-24", first.From.Date);
        Assert.Equal("slm-calibrate 0.1.0", first.From.By);
    }

    /// <summary>86355968 bytes are 0.0804 GiB and 0.0864 GB.</summary>
    [Fact]
    public void Peaks_are_in_gib_and_say_what_they_count() =>
        Assert.Equal((0.0804, MemoryKind.Process), (Math.Round(Observations[0].Memory!.PeakGib!.Value, 4), Observations[0].Memory!.Kind));

    [Fact]
    public void A_machine_is_told_from_others_without_its_name()
    {
        var fingerprint = Assert.Single(Observations.Select(observation => observation.Machine.Fingerprint).Distinct());
        Assert.Matches("^[0-9a-f]{16}$", fingerprint);
        Assert.All(Observations, observation => Assert.DoesNotContain("\"host\"", ObservationLines.Text(observation),
            StringComparison.Ordinal));
    }

    /// <summary>The fit must see the model that ran: experts and windows stay on the way to an observation and its line.</summary>
    [Fact]
    public void Experts_and_windows_stay_what_they_are()
    {
        var spec = Specs.Small with { Experts = new(8, 2, 96, DenseLayers: 1), Windows = new(64, FullEvery: 2) };
        var burst = new BurstResult { Spec = spec, Device = "machine", Ranks = 1, Status = BurstStatus.Ok };
        var seen = BurstObservation.Of("burst", burst);
        Assert.Equal((spec.Experts, spec.Windows), (seen.Model.Experts, seen.Model.Windows));
        Assert.Contains("\"experts\":{\"count\":8", ObservationLines.Text(seen), StringComparison.Ordinal);
        var shape = spec.Shape;
        Assert.Equal([64, null], shape.Blocks.Select(run => ((SelfAttention)run.Block.Mixer!).Window));
        Assert.Equal([false, true], shape.Blocks.Select(run => run.Block.FeedForward is Experts));
    }

    [Theory]
    [InlineData(BurstParallelism.OneRank, 1, null)]
    [InlineData(BurstParallelism.Ddp, 4, "ddp")]
    [InlineData(BurstParallelism.Zero2, 4, "zero2")]
    [InlineData(BurstParallelism.Hsdp, 4, "hsdp")]
    public void A_scheme_stays_what_it_is(BurstParallelism parallelism, int ranks, string? scheme)
    {
        var burst = new BurstResult { Spec = Specs.Small with { Parallelism = parallelism }, Device = "machine", Ranks = ranks,
            Status = BurstStatus.Ok };
        Assert.Equal(scheme, BurstObservation.Of("burst", burst).Mesh.Scheme?.ToString());
    }
}
