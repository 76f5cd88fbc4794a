using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Tests.Time;

/// <summary>Passes over parameters and gradients in the calibrator's training.</summary>
public class ParameterTrafficTests
{
    private const double Table = 1e6, Blocks = 4e6, All = 6e6;

    private static readonly ShapeCosts Shape = ShapeCosts.Of(ExampleSetups.Shape, padsVocabulary: false) with
    {
        Layers = 4, DModel = 1000, HeadVocab = 1000, Parameters = All, BlockParameters = Blocks / 4, TiedParameters = Table,
    };

    /// <summary>
    /// By hand for 6 million parameters, of which 4 million in blocks and 1 million in a tied table, and three micro-batches.
    /// </summary>
    [Theory]
    [InlineData(1, "ddp", Precision.Fp32, Recomputation.Full, All * 2 * 12)]
    [InlineData(1, "ddp", Precision.Bf16Mixed, Recomputation.None, All * 2 * 12 + 3 * 12 * (Table + Blocks))]
    [InlineData(1, "ddp", Precision.Bf16Mixed, Recomputation.Full, All * 2 * 12 + 3 * (12 * Table + 18 * Blocks))]
    [InlineData(2, "ddp", Precision.Fp32, Recomputation.None, All * (3 * 12 + 4))]
    [InlineData(2, "zero1", Precision.Fp32, Recomputation.None, All * (2 * 12 + 8))]
    [InlineData(2, "zero2", Precision.Bf16Mixed, Recomputation.None, All * (3 * 8 + 2 * 6) + 3 * 12 * (Table + Blocks))]
    [InlineData(2, "fsdp_full", Precision.Fp32, Recomputation.Full, All * (3 * 8 + 2 * 6))]
    [InlineData(2, "fsdp_full", Precision.Bf16Mixed, Recomputation.Full,
        All * (3 * 8 + 2 * 6) + 3 * (12 * Table + (2 * 3 + 6 - 8) * Blocks))]
    public void Counts_what_the_calibrators_training_moves(int ranks, string scheme, Precision precision, Recomputation recomputation,
        double besideEmbedding)
    {
        var setup = ExampleSetups.Setup with { Layout = Scheme.Parse(scheme).On(ranks, ranks), Precision = precision,
            Recomputation = recomputation, GradAccum = 3 };
        var embedding = 3 * (4 + 12) * Table;
        Assert.Equal(embedding + besideEmbedding, ParameterTraffic.Bytes(Shape, setup), 1e-3);
    }

    [Fact]
    public void Is_counted_on_calibrated_machines_only()
    {
        double Optimizer(ShapeCosts shape, Evidence evidence) => StepTimeEquation.Evaluate(
            shape, DeviceRates.Of(ExampleSetups.Device with { Evidence = evidence }, Precision.Fp32)!.Value,
            new(1e9, 1e9), ExampleSetups.Setup with { Precision = Precision.Fp32 }, ExampleSetups.Coefficients).In("optimizer");
        var apart = Shape with { TiedParameters = 0 };
        Assert.Equal(Optimizer(apart, Evidence.Datasheet), Optimizer(Shape, Evidence.Datasheet));
        Assert.True(Optimizer(apart, Evidence.Calibrated) < Optimizer(Shape, Evidence.Calibrated));
    }
}
