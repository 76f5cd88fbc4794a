using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Core.Training;
using SlmPlanner.Tests.Time;

namespace SlmPlanner.Tests.Prediction;

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

    /// <summary>
    /// The messages of a layout are worked out once. More layouts than it has places for, and with what is trained, are asked for twice in
    /// turn, against a model that is asked for nothing else.
    /// </summary>
    [Fact]
    public void What_was_asked_before_changes_no_prediction()
    {
        TrainingSetup[] setups =
        [
            .. from gpus in new[] { 2, 4, 8, 16, 24, 64, 128 }
               from scheme in new[] { Scheme.Ddp, Scheme.Zero1, Scheme.Zero2, Scheme.FsdpGradOp, Scheme.FsdpFull, Scheme.Hsdp }
               where scheme != Scheme.Hsdp || gpus > 8
               from tuning in new[] { default, new Tuning(TuningMethod.Lora, 16, AdapterTargets.Query | AdapterTargets.Value) }
               from microBatch in new[] { 1, 8 }
               select ExampleSetups.Setup with { Layout = scheme.On(gpus, 8), Tuning = tuning, MicroBatch = microBatch },
            .. from text in new[] { "ddp+tp(2)", "zero1+tp(4)+sp", "fsdp_full+cp(2)", "ddp+pp(4)", "zero1+tp(2)+pp(2)" }
               select ExampleSetups.Setup with { Layout = Scheme.Parse(text).On(16, 8), GradAccum = 8 },
        ];
        var link = new NodeLink(600, 400, "test");
        StepTimeModel Model() => new(ExampleSetups.Shape, ExampleSetups.Device, link, SoftwareStack.Unknown, FittedModel.Prior);
        var asked = Model();
        foreach (var setup in setups.Concat(setups.Reverse()))
            Assert.Equal(Model().Predict(setup).TotalSeconds, asked.Predict(setup).TotalSeconds);
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
        var (small, large) = (ExampleSetups.Setup with { MicroBatch = 16 }, ExampleSetups.Setup with { MicroBatch = 31 });
        var (first, second) = (ExampleSetups.Model(), ExampleSetups.Model());
        first.LogSpread(small);
        Assert.Equal(second.LogSpread(large), first.LogSpread(large));
    }

    [Fact]
    public void An_interval_of_higher_confidence_uses_the_factor_of_its_own_level()
    {
        var scales = new IntervalScale([1, 1, 1, 1, 3]);
        var model = FittedModel.Prior.With(new(scales, scales, scales));
        double Spread(double confidence) =>
            new StepTimeModel(ExampleSetups.Shape, ExampleSetups.Device, null, SoftwareStack.Unknown, model, confidence)
            .LogSpread(ExampleSetups.Setup);
        Assert.Equal(3 * Spread(0.9), Spread(0.99), 9);
    }

    private static double Seconds(Accelerator device) =>
        new StepTimeModel(ExampleSetups.Shape, device, null, SoftwareStack.Unknown, FittedModel.Prior)
        .Predict(ExampleSetups.Setup).TotalSeconds;
}
