using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Devices;
using static TorchSharp.torch;

namespace SlmPlanner.Torch.Tests;

public sealed class TrainingRunTests
{
    /// <summary>The clock stops for the norm, so that communication still under way there would not be counted.</summary>
    [Fact]
    public void A_step_waits_for_communication_before_the_clock_stops_for_the_gradient_norm()
    {
        Torch.LoadOrSkip();
        var decoder = new Decoder(Torch.Tiny, CPU);
        var parameters = new RecordedParameters(new ResidentParameters(decoder, Torch.Tiny.Seed, CPU, new AdamWSettings()));
        using var run = new TrainingRun(Torch.Tiny, new CpuDevice(), decoder, parameters, dataSeed: 1);
        run.Step(warmup: false, withGradientNorm: true);
        Assert.Equal(["CompleteGradients", "GradientNorm", "Step"], parameters.Calls);
        Assert.True(run.GradientNorm > 0);
    }
}
