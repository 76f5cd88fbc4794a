using SlmPlanner.Calibrator.Machine;
using SlmPlanner.Calibrator.Repeats;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Tests.Repeats;

public class RepeatedBurstTests
{
    [Fact]
    public void One_quiet_measurement_stays_what_it_was()
    {
        var burst = Burst(1.2, otherCores: 0);
        Assert.Equal(burst.StepTimeS!.Median, RepeatedBurst.Of([burst], 2).StepTimeS!.Median, 9);
        Assert.Equal(burst.StepTimeS.LogError, RepeatedBurst.Of([burst], 2).StepTimeS!.LogError, 9);
    }

    [Fact]
    public void Two_quiet_measurements_meet_in_the_middle_and_err_less()
    {
        var both = RepeatedBurst.Of([Burst(1, 0), Burst(1.21, 0)], 2);
        Assert.Equal(1.1, both.StepTimeS!.Median, 6);
        Assert.Equal(Specs.Small.TokensPerStep / 1.1, both.TokensPerS!.Value, 3);
        Assert.Equal(12, both.StepTimeS.Steps);
    }

    /// <summary>
    /// One of two cores taken is half of the machine: the error is about 0.48, so that the weight is some sixtieth of a quiet one's.
    /// </summary>
    [Fact]
    public void A_disturbed_measurement_weighs_little_beside_a_quiet_one()
    {
        Assert.InRange(RepeatedBurst.Of([Burst(1.9, otherCores: 1), Burst(1, 0)], 2).StepTimeS!.Median, 1, 1.02);
        Assert.InRange(RepeatedBurst.Of([Burst(1.9, otherCores: 1)], 2).StepTimeS!.LogError, 0.4, 0.6);
    }

    [Fact]
    public void One_that_broke_counts_only_alone()
    {
        var broken = new BurstResult { Spec = Specs.Small, Device = "test", Status = BurstStatus.Failed, Message = "no" };
        Assert.Equal(BurstStatus.Ok, RepeatedBurst.Of([broken, Burst(1, 0)], 2).Status);
        Assert.Equal("no", RepeatedBurst.Of([broken], 2).Message);
    }

    /// <summary>Correcting the mean for the mean pace is correcting each measurement for its own.</summary>
    [Fact]
    public void Two_paces_are_corrected_as_one()
    {
        var both = RepeatedBurst.Of([Burst(1, 0) with { ReferenceSeconds = 0.01 }, Burst(2, 0) with { ReferenceSeconds = 0.02 }], 2);
        Assert.Equal(1, both.StepTimeS!.Median / new MachinePace(0.01).Slowdown(both), 6);
    }

    [Fact]
    public void Repeatability_is_what_measurements_of_one_configuration_differ_by()
    {
        BurstResult[] group = [Burst(1, 0) with { ReferenceSeconds = 0.01 }, Burst(1.1, 0) with { ReferenceSeconds = 0.011 },
            Burst(1, 0) with { ReferenceSeconds = 0.01 }];
        var repeatability = MachineRepeatability.Of([group, [Burst(3, 0)]], new(0.01), 2)!;
        Assert.Equal(2, repeatability.Pairs);
        Assert.Equal((0.1 + (1 - 1 / 1.1)) / 2, repeatability.StepTime, 9);
        Assert.Equal(0, repeatability.StepTimeAtPace, 9);
        Assert.Null(MachineRepeatability.Of([[Burst(3, 0)]], new(null), 2));
    }

    private static BurstResult Burst(double seconds, double otherCores) => new()
    {
        Spec = Specs.Small,
        Device = "test",
        Status = BurstStatus.Ok,
        StepTimeS = StepTimeSummary.Of([.. Enumerable.Repeat(seconds, 6)]),
        Samples = [.. Enumerable.Range(0, 6).Select(index => new StepSample(index, false, seconds, null, null, null, 0))],
        Utilisation = [new() { TimeS = 1, OtherCores = otherCores }],
    };
}
