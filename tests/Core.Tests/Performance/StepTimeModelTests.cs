namespace SlmPlanner.Tests.Performance;

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
}
