using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Tests.Time.Terms;

/// <summary>Slopes by the short way are those of evaluating the whole equation twice for every coefficient.</summary>
public sealed class StepTimeSlopesTests
{
    private static readonly ShapeCosts Shape = ShapeCosts.Of(ExampleSetups.Shape, padsVocabulary: false);
    private static readonly LinkRates Links = LinkRates.Of(null, ExampleSetups.Device);

    private const double Step = 1e-4;

    [Theory]
    [InlineData("ddp+tp(2)", 16, Precision.Bf16Mixed, AttentionKind.Flash, Recomputation.None)]
    [InlineData("ddp+tp(2)+sp+pp(4)", 16, Precision.Bf16Mixed, AttentionKind.Flash, Recomputation.Selective)]
    [InlineData("fsdp_full+cp(4)", 16, Precision.Bf16Mixed, AttentionKind.Flash, Recomputation.Full)]
    [InlineData("ddp+pp(4)", 16, Precision.Bf16Mixed, AttentionKind.Flash, Recomputation.None, 6)]
    [InlineData("ddp+tp(2)+sp+pp(4)+zb", 16, Precision.Bf16Mixed, AttentionKind.Flash, Recomputation.Full, 6)]
    [InlineData("ddp", 1, Precision.Bf16Mixed, AttentionKind.Flash, Recomputation.None)]
    [InlineData("ddp", 16, Precision.Bf16Mixed, AttentionKind.Flash, Recomputation.Full)]
    [InlineData("zero1", 8, Precision.Tf32, AttentionKind.Vanilla, Recomputation.Attention)]
    [InlineData("zero2", 16, Precision.Fp32, AttentionKind.Flash, Recomputation.None)]
    [InlineData("fsdp_full", 32, Precision.Fp8Mixed, AttentionKind.Flash, Recomputation.Selective)]
    [InlineData("hsdp", 16, Precision.Bf16Pure, AttentionKind.Vanilla, Recomputation.Selective)]
    public void Slopes_are_those_of_the_whole_equation(
        string scheme, int gpus, Precision precision, AttentionKind attention, Recomputation recomputation, int trained = 0)
    {
        var setup = ExampleSetups.Setup with
        {
            Layout = Scheme.Parse(scheme).On(gpus, 8), Precision = precision, Attention = attention, Recomputation = recomputation,
            Tuning = trained > 0 ? new(TuningMethod.Freeze, TrainedBlocks: trained) : Tuning.Full,
        };
        var slopes = Slopes(setup);
        for (var index = 0; index < slopes.Length; index++)
        {
            var (less, more) = ((double[])ExampleSetups.Coefficients.Clone(), (double[])ExampleSetups.Coefficients.Clone());
            less[index] *= Math.Exp(-Step);
            more[index] *= Math.Exp(Step);
            Assert.Equal((LogSeconds(setup, more) - LogSeconds(setup, less)) / (2 * Step), slopes[index], 1e-5);
        }
        Assert.Equal(1, slopes[(int)StepCoefficient.Speed], 1e-6);
    }

    [Fact]
    public void Slopes_allocate_nothing()
    {
        var setup = ExampleSetups.Setup with { Layout = Scheme.FsdpFull.On(16, 8) };
        var rates = DeviceRates.Of(ExampleSetups.Device, setup.Precision)!.Value;
        Span<double> slopes = stackalloc double[StepTimeEquation.CoefficientCount];
        StepTimeSlopes.Write(Shape, rates, Links, setup, ExampleSetups.Coefficients, slopes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        StepTimeSlopes.Write(Shape, rates, Links, setup, ExampleSetups.Coefficients, slopes);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static double[] Slopes(in TrainingSetup setup)
    {
        var slopes = new double[StepTimeEquation.CoefficientCount];
        StepTimeSlopes.Write(Shape, DeviceRates.Of(ExampleSetups.Device, setup.Precision)!.Value, Links, setup, ExampleSetups.Coefficients,
            slopes);
        return slopes;
    }

    private static double LogSeconds(in TrainingSetup setup, double[] coefficients) => Math.Log(StepTimeEquation.Evaluate(
        Shape, DeviceRates.Of(ExampleSetups.Device, setup.Precision)!.Value, Links, setup, coefficients).TotalSeconds);
}
