using CsCheck;
using SlmPlanner.Calibrator.Repeats;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Tests.Repeats;

public class UndisturbedStepTests
{
    private static readonly Disturbance Quiet = new(0, null);

    [Fact]
    public void Steps_that_waited_are_left_out()
    {
        var burst = Burst((1.0, 0), (1.5, 0.5), (1.02, 0.01), (1.6, 0.6), (0.98, 0), (1.7, 0.7));
        Assert.Equal(1.0, Of(burst).Median, 9);
    }

    [Fact]
    public void Where_all_steps_waited_their_waits_are_taken_off_and_the_error_says_so()
    {
        var burst = Burst((1.5, 0.5), (1.4, 0.4), (1.6, 0.6));
        var step = Of(burst);
        Assert.Equal(1.0, step.Median, 9);
        Assert.InRange(step.LogError, 0.16, 0.5);
    }

    [Fact]
    public void Without_waits_a_disturbed_burst_is_at_its_fast_mode_and_a_quiet_one_at_its_median()
    {
        var burst = Burst((1.0, null), (1.01, null), (1.02, null), (1.6, null), (1.7, null), (1.9, null), (2.1, null));
        Assert.Equal(1.6, UndisturbedStep.Of(burst, Quiet).Median, 9);
        var busy = UndisturbedStep.Of(burst, new(0.3, null));
        Assert.InRange(busy.Median, 1.0, 1.02);
        Assert.True(busy.LogError > 0.3, $"{busy.LogError}");
    }

    /// <summary>Of 1, 2, 3, 3.1, 3.2, 7, 9 the four closest are 2 to 3.2, of these 3 and 3.1 (the first of two equal halves).</summary>
    [Fact]
    public void The_half_sample_mode_is_where_values_lie_closest() =>
        Assert.Equal(3.05, UndisturbedStep.HalfSampleMode([9, 1, 3.1, 3, 7, 2, 3.2]), 9);

    [Fact]
    public void More_interference_never_makes_a_burst_weigh_more() =>
        Gen.Select(Gen.Double[0.5, 2].Array[3, 20], Gen.Double[0, 1], Gen.Double[0, 1]).Sample((seconds, one, other) =>
        {
            var burst = Burst([.. seconds.Select(step => (step, (double?)0))]);
            var (less, more) = (Math.Min(one, other), Math.Max(one, other));
            Assert.True(UndisturbedStep.Of(burst, new(less, 0)).LogError <= UndisturbedStep.Of(burst, new(more, 0)).LogError + 1e-12);
        });

    private static StepTimeSummary Of(BurstResult burst) => UndisturbedStep.Of(burst, Disturbance.Of(burst, cores: 2));

    private static BurstResult Burst(params (double Seconds, double? Waited)[] steps) => new()
    {
        Spec = Specs.Small,
        Device = "test",
        Status = BurstStatus.Ok,
        StepTimeS = StepTimeSummary.Of([.. steps.Select(step => step.Seconds)]),
        Samples = [.. steps.Select((step, index) =>
            new StepSample(index, false, step.Seconds, null, null, null, 0, WaitSeconds: step.Waited))],
    };
}
