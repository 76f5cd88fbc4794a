using SlmPlanner.Core.Calibration;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Performance;
using SlmPlanner.Core.Time;
using SlmPlanner.Tests.Time;

namespace SlmPlanner.Tests.Calibration;

/// <summary>Measurements made by the equation itself with coefficients that are not the priors', so that a fit has something to find.</summary>
internal static class SyntheticRows
{
    /// <summary>How much slower than the prior says the made-up stack's multiplies are.</summary>
    public const double SlowMatmul = 1.3;

    public static WorkloadResolver Resolver { get; } = new(new DeviceCatalog([ExampleSetups.Device], new DeviceNames()), new StackCatalog([]));

    public static MeasurementRecord Record(int layers, int width, int batch, double? speed = null) => new()
    {
        Id = $"l{layers}-d{width}-b{batch}", Source = "made up", Stack = "made-up stack", Layers = layers, DModel = width,
        Heads = width / 64, KvHeads = width / 64, DFfn = 4 * width, FfnKind = "gelu", Vocab = 50_304, TiedEmbeddings = true,
        SeqLen = 1024, Gpu = ExampleSetups.Device.Name, Gpus = 1, GpusPerNode = 1, Precision = "bf16", Attention = "flash",
        Parallelism = "single", MicroBatch = batch, GradAccum = 1, Recomputation = "none", Compile = false, TokensPerSecondPerGpu = speed,
    };

    /// <summary>A grid of sizes and batches with their true speeds.</summary>
    public static IReadOnlyList<MeasurementRow> Grid() =>
    [
        .. from layers in new[] { 8, 16, 24 }
           from width in new[] { 512, 1024, 2048 }
           from batch in new[] { 4, 16 }
           select new MeasurementRow("made up", 2, Record(layers, width, batch).Id, Measured(layers, width, batch), null),
    ];

    /// <summary>The true speed of one configuration.</summary>
    public static MeasurementRecord Measured(int layers, int width, int batch)
    {
        var workload = Resolver.Resolve(Record(layers, width, batch));
        var truth = (double[])ExampleSetups.Coefficients.Clone();
        truth[(int)StepCoefficient.MatmulInverseEfficiency] *= SlowMatmul;
        var step = StepTimeEquation.Evaluate(workload.Costs, workload.Rates, workload.Links, workload.Setups[0], truth).TotalSeconds;
        return workload.Record with { TokensPerSecondPerGpu = batch * 1024 / step };
    }
}
