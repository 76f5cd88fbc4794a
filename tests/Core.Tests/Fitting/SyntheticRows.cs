using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Core.Training;
using SlmPlanner.Core.Workloads;
using SlmPlanner.Tests.Time;

namespace SlmPlanner.Tests.Fitting;

/// <summary>
/// Measurements made by the equation itself with coefficients that are not the priors', so that a fit has something to find.
/// </summary>
internal static class SyntheticRows
{
    /// <summary>How much slower than the prior says the made-up stack's multiplies are.</summary>
    public const double SlowMatmul = 1.3;

    public static WorkloadResolver Resolver { get; } =
        new(new DeviceCatalog([ExampleSetups.Device], new DeviceNames()), new SoftwareStackCatalog([], []));

    public static Observation Record(int layers, int width, int batch, double? speed = null) => new()
    {
        Name = $"l{layers}-d{width}-b{batch}",
        From = new("made up"),
        Machine = new(ExampleSetups.Device.Name, 1, 1),
        Stack = new("made-up stack", Compile: false),
        Model = new()
        {
            Layers = layers, DModel = width, Heads = width / 64, KvHeads = width / 64, DFfn = 4 * width, FfnKind = FfnKind.Gelu,
                Vocab = 50_304,
            TiedEmbeddings = true,
        },
        Recipe = new()
        {
            SeqLen = 1024, MicroBatch = batch, GradAccum = 1, Precision = Precision.Bf16Mixed, Attention = AttentionKind.Flash,
                AttentionKernel = "flash",
            Recomputation = Recomputation.None,
        },
        Mesh = new(Scheme.Ddp),
        Speed = speed is { } known ? new(known) : null,
    };

    /// <summary>A grid of sizes and batches with their true speeds.</summary>
    public static IReadOnlyList<MeasurementRow> Grid() =>
    [
        .. from layers in new[] { 8, 16, 24 }
           from width in new[] { 512, 1024, 2048 }
           from batch in new[] { 4, 16 }
           select new MeasurementRow("made up", 2, Record(layers, width, batch).Name, Measured(layers, width, batch), null),
    ];

    /// <summary>The true speed of one configuration.</summary>
    public static Observation Measured(int layers, int width, int batch)
    {
        var workload = Resolver.Resolve(Record(layers, width, batch));
        var truth = (double[])ExampleSetups.Coefficients.Clone();
        truth[(int)StepCoefficient.MatmulInverseEfficiency] *= SlowMatmul;
        var step = StepTimeEquation.Evaluate(workload.Costs, workload.Rates, workload.Links, workload.Setups[0], truth).TotalSeconds;
        return workload.Observation with { Speed = new(batch * 1024 / step) };
    }
}
