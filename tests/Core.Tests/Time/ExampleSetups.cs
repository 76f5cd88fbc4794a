using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Tests.Time;

/// <summary>A round model, device and setup for tests, and the coefficients of the priors.</summary>
internal static class ExampleSetups
{
    public static TransformerShape Shape { get; } = new()
    {
        Name = "round", Layers = 16, DModel = 2048, Heads = 16, KvHeads = 16, HeadDim = 128, DFfn = 8192,
        FfnKind = FfnKind.Gelu, Vocab = 50_304, TiedEmbeddings = true,
    };

    public static Accelerator Device { get; } = new()
    {
        Name = "round-gpu", MemoryGib = 80, MemoryBandwidthGbS = 2000, Bf16Tflops = 300, Fp16Tflops = 300, Tf32Tflops = 150,
        Fp32Tflops = 20, Fp8Tflops = 600, Fp4Tflops = 1200, NvlinkGbS = 600, PcieGen = 4,
        TdpW = 400, Architecture = "8.0", ArchitectureHasFlash = true, FormFactor = "SXM4",
    };

    public static TrainingSetup Setup { get; } =
        new(2048, 8, 1, Scheme.Ddp.On(1, 8), Precision.Bf16Mixed, AttentionKind.Flash, Recomputation.None, false);

    public static double[] Coefficients { get; } = [.. CoefficientPriors.All.Select(prior => prior.Value)];

    public static StepTime Evaluate(
        TransformerShape shape, in TrainingSetup setup, double[]? coefficients = null, NodeLink? link = null) => StepTimeEquation.Evaluate(
            ShapeCosts.Of(shape, padsVocabulary: false), DeviceRates.Of(Device, setup.Precision)!.Value, LinkRates.Of(link, Device), setup,
            coefficients ?? Coefficients);

    public static StepTimeModel Model() => new(Shape, Device, null, SoftwareStack.Unknown, SlmPlanner.Core.Fitting.FittedModel.Prior);

    /// <summary>Seconds of a term by its key.</summary>
    public static double In(this StepTime time, string key) => time[TimeTerms.Of(key)];
}
