using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Tests.Time.Terms;

/// <summary>What exchanges of tensor-parallel ranks take whatever their bytes, where a pipeline spans nodes.</summary>
public sealed class StagedExchangeTests
{
    /// <summary>
    /// By hand: with no work to hide it, a micro-batch of a stage of 16 / 2 blocks takes 8 · 4 times the coefficient longer, 4 being the
    /// ranks. The sharpness is high, so that the launches are what the step takes.
    /// </summary>
    [Fact]
    public void A_stage_of_a_pipeline_over_nodes_takes_the_ranks_times_its_blocks_longer()
    {
        Assert.Equal(8 * 4 * 0.01, MicroBatch("tp(4)+sp+pp(2)", 16, 0.01, 1) - MicroBatch("tp(4)+sp+pp(2)", 16, 1e-12, 1), 3e-3);
    }

    /// <summary>It is waited for beside the device's work, not after it: 16 sequences of work are longer than it.</summary>
    [Fact]
    public void Work_hides_it() => Assert.Equal(
        1, MicroBatch("tp(4)+sp+pp(2)", 16, 1e-4, 16) / MicroBatch("tp(4)+sp+pp(2)", 16, 1e-12, 16), 1e-2);

    [Theory]
    [InlineData("tp(4)+sp+pp(2)", 8)]
    [InlineData("zero1+tp(4)+sp", 16)]
    [InlineData("zero1+pp(2)", 16)]
    public void Elsewhere_there_is_none(string scheme, int gpus) =>
        Assert.Equal(MicroBatch(scheme, gpus, 1e-12, 1), MicroBatch(scheme, gpus, 0.01, 1), 12);

    /// <summary>Seconds of a micro-batch on a stage, of a step that has many, on nodes of 8.</summary>
    private static double MicroBatch(string scheme, int gpus, double seconds, int batch)
    {
        const int MicroBatches = 1000;
        var coefficients = (double[])ExampleSetups.Coefficients.Clone();
        coefficients[(int)StepCoefficient.StagedTensorSeconds] = seconds;
        coefficients[(int)StepCoefficient.LaunchSharpness] = 20;
        var setup = ExampleSetups.Setup with
        {
            Layout = Scheme.Parse(scheme).On(gpus, 8), GradAccum = MicroBatches, MicroBatch = batch,
        };
        var time = ExampleSetups.Evaluate(ExampleSetups.Shape, setup, coefficients);
        return TimeTerms.All.Where(term => term.Key is not ("pipeline_bubble" or "optimizer" or "communication" or "fixed"))
            .Sum(term => time[term]) / MicroBatches;
    }
}
