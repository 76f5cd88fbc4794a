using SlmPlanner.Calibrator.Measurement;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Tests;

public class NoiseFindingsTests
{
    private static IReadOnlyList<string> Ids(IEnumerable<double> seconds, params UtilisationSample[] utilisation) =>
        [.. NoiseFindings.Of([.. seconds.Select((s, i) => new StepSample(i, false, s, null, null, null, 0))], utilisation)
            .Select(finding => finding.Id)];

    [Fact]
    public void A_quiet_burst_has_no_findings() => Assert.Empty(Ids(Enumerable.Repeat(1.0, 12)));

    [Fact]
    public void A_median_far_above_the_fastest_step_is_noise() =>
        Assert.Contains("noisy-steps", Ids([1.0, 1.3, 1.3, 1.3, 1.3, 1.3, 1.3]));

    [Fact]
    public void Steps_that_grow_are_slowing_down() =>
        Assert.Contains("slowing-down", Ids(Enumerable.Range(0, 12).Select(i => 1 + 0.01 * i)));

    [Fact]
    public void Few_scattered_steps_have_a_wide_interval() => Assert.Contains("wide-interval", Ids([1.0, 1.2, 1.1]));

    [Fact]
    public void Other_programs_are_named() =>
        Assert.Contains("machine-busy", Ids(Enumerable.Repeat(1.0, 12), new UtilisationSample { TimeS = 1, OtherCores = 0.8 }));

    [Fact]
    public void A_throttled_gpu_is_named() =>
        Assert.Contains("gpu-throttled", Ids(Enumerable.Repeat(1.0, 12), new UtilisationSample { TimeS = 1, GpuThrottled = true }));
}
