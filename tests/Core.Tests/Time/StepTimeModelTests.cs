using SlmPlanner.Core.Calibration;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Performance;
using SlmPlanner.Core.Time;

namespace SlmPlanner.Tests.Time;

public sealed class StepTimeModelTests
{
    [Fact]
    public void Evaluation_allocates_nothing()
    {
        var model = ExampleSetups.Model();
        var setup = ExampleSetups.Setup;
        model.Predict(setup);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 1000; round++)
            model.Predict(setup with { MicroBatch = 1 + round % 32 });
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Without_measurements_the_spread_says_that_little_is_known() =>
        Assert.InRange(ExampleSetups.Model().LogSpread(ExampleSetups.Setup), 0.15, 2);

    [Fact]
    public void Power_that_is_not_stated_does_not_make_a_device_faster_than_a_frugal_one()
    {
        var frugal = Seconds(ExampleSetups.Device with { TdpW = 300 * 700 / 989.5 });
        Assert.Equal(frugal, Seconds(ExampleSetups.Device with { TdpW = null }), 1e-9);
        Assert.True(frugal > Seconds(ExampleSetups.Device with { TdpW = 4000 }));
    }

    [Fact]
    public void The_spread_does_not_depend_on_which_setup_was_met_first()
    {
        var (small, large) = (ExampleSetups.Setup with { MicroBatch = 1 }, ExampleSetups.Setup with { MicroBatch = 32, GradAccum = 8 });
        var (first, second) = (ExampleSetups.Model(), ExampleSetups.Model());
        first.LogSpread(small);
        Assert.Equal(second.LogSpread(large), first.LogSpread(large));
    }

    private static double Seconds(DeviceSpec device) =>
        new StepTimeModel(ExampleSetups.Shape, device, null, StackTraits.Unknown, FittedModel.Prior).Predict(ExampleSetups.Setup).TotalSeconds;
}
