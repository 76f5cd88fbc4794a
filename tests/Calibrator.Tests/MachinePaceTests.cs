using SlmPlanner.Calibrator.Measurement;
using SlmPlanner.Calibrator.Runs;

namespace SlmPlanner.Calibrator.Tests;

public class MachinePaceTests
{
    [Fact]
    public void The_median_burst_has_the_usual_pace()
    {
        BurstResult[] bursts = [Burst(1e-3), Burst(2e-3), Burst(4e-3)];
        var pace = MachinePace.Of(bursts);
        Assert.Equal(1, pace.Slowdown(bursts[1]), 9);
        Assert.True(pace.Slowdown(bursts[0]) < 0.5 && pace.Slowdown(bursts[2]) > 2);
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
        var burst = Burst(1e-3) with { Samples = [new(0, true, 1, null, null, null, 0, 9e-3), new(1, false, 1, null, null, null, 0, 1e-3)] };
        Assert.Equal(1e-3, burst.ReferenceSeconds);
    }

    private static BurstResult Burst(double? referenceSeconds) => new()
    {
        Spec = Specs.Small,
        Device = "test",
        Status = BurstStatus.Ok,
        Samples = [new(0, false, 1, null, null, null, 0, referenceSeconds)],
    };
}
