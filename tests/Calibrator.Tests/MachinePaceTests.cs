using SlmPlanner.Calibrator.Machine;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Tests;

public class MachinePaceTests
{
    [Fact]
    public void The_median_burst_has_the_usual_pace()
    {
        BurstResult[] bursts = [Burst(1e-3), Burst(2e-3), Burst(4e-3)];
        var pace = MachinePace.Of(bursts);
        Assert.Equal(1, pace.Slowdown(bursts[1]), 9);
        Assert.True(pace.Slowdown(bursts[0]) <= 0.5 && pace.Slowdown(bursts[2]) >= 2);
    }

    [Theory]
    [InlineData(0.6)]
    [InlineData(1.4)]
    public void How_far_steps_follow_the_pace_is_learnt_from_bursts(double elasticity)
    {
        BurstResult[] bursts = [.. new[] { 0.6, 0.8, 1, 1.3, 2 }.Select(slowdown => Burst(1e-3 * slowdown) with
        {
            StepTimeS = StepTime(0.2 * Math.Pow(slowdown, elasticity)),
        })];
        var pace = MachinePace.Of(bursts).Learn(bursts.Select(burst => (burst, 0.2)), noise: 0.02);
        Assert.Equal(elasticity, pace.Elasticity, 0.01);
    }

    [Fact]
    public void Bursts_at_one_pace_say_nothing_about_how_far_steps_follow_it()
    {
        BurstResult[] bursts = [Burst(1e-3) with { StepTimeS = StepTime(0.5) }, Burst(1e-3) with { StepTimeS = StepTime(0.1) }];
        Assert.Equal(1, MachinePace.Of(bursts).Learn(bursts.Select(burst => (burst, 0.2)), noise: 0.08).Elasticity, 9);
    }

    [Fact]
    public void A_burst_without_reference_work_is_taken_as_it_is()
    {
        var unknown = Burst(null);
        Assert.Equal(1, MachinePace.Of([Burst(1e-3)]).Slowdown(unknown));
        Assert.Equal(1, MachinePace.Of([unknown]).Slowdown(Burst(1e-3)));
    }

    [Fact]
    public void Warm_up_steps_say_nothing_about_a_bursts_pace()
    {
        var burst = Burst(1e-3) with { Samples = [new(0, true, 1, null, null, null, 0, 9e-3),
            new(1, false, 1, null, null, null, 0, 1e-3)] };
        Assert.Equal(1e-3, burst.ReferenceSeconds);
    }

    private static StepTimeSummary StepTime(double seconds) => new(seconds, seconds, seconds, 0, seconds, 6);

    private static BurstResult Burst(double? referenceSeconds) => new()
    {
        Spec = Specs.Small,
        Device = "test",
        Status = BurstStatus.Ok,
        Samples = [new(0, false, 1, null, null, null, 0, referenceSeconds)],
    };
}
