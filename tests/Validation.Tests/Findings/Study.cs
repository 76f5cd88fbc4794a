using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Tests.Findings;

/// <summary>
/// The setting of Ashkboos et al. 2024 (arXiv 2410.19456) over the shipped profiles: Llama-style models of 1,024 tokens,
/// eager Hugging Face in bfloat16, no accumulation, the best batch per device that fits, prices relative to A100-40GB.
/// </summary>
internal sealed class Study
{
    public const string EagerStack = "hf-transformers-eager";
    public static readonly string[] Models = ["100m", "500m", "1b", "2b"];
    public static readonly int[] Gpus = [1, 2, 4, 8, 16, 32, 64];
    public static readonly int[] Batches = [4, 8, 16, 32, 64];
    public static readonly (string Device, double Price)[] Devices = [("A100-40GB-SXM", 1), ("A100-80GB-SXM", 1.46), ("H100-SXM", 2.53)];
    private readonly ProfileStore _store = ProfileStore.Open(Repository.Profiles);
    private readonly PerformanceProfile _performance;
    private readonly Dictionary<(string, string, string), StepTimeModel> _models = [];

    private readonly RowMemory _memory;

    public Study() => (_performance, _memory) = (PerformanceFiles.Read(_store), new(_store.Memory));

    public static TransformerShape Shape(string model)
    {
        var (layers, width, ffn, heads) = model switch
        {
            "100m" => (9, 832, 2332, 13),
            "500m" => (15, 1536, 4147, 24),
            "1b" => (19, 1920, 5184, 30),
            _ => (24, 2496, 6739, 39),
        };
        return new()
        {
            Name = $"slm-{model}", Layers = layers, DModel = width, Heads = heads, KvHeads = heads, HeadDim = 64, DFfn = ffn,
            FfnKind = FfnKind.Swiglu, Vocab = 32_000, TiedEmbeddings = false,
        };
    }

    public static TrainingSetup Setup(int gpus, int batch, Scheme scheme, AttentionKind attention = AttentionKind.Flash) =>
        new(1024, batch, 1, scheme.On(gpus, Math.Min(gpus, 8)), Precision.Bf16Mixed, attention, Recomputation.None, false);

    /// <summary>Tokens per second and device, whether or not the batch fits.</summary>
    public double Speed(string model, string device, in TrainingSetup setup, string stack = EagerStack)
    {
        if (!_models.TryGetValue((model, device, stack), out var time))
            _models[(model, device, stack)] = time = _performance.Bind(Shape(model), Device(device), null, stack);
        return setup.TokensPerMicroBatch / time.Predict(setup).TotalSeconds;
    }

    public bool Fits(string model, string device, in TrainingSetup setup) =>
        _memory.Predict(Shape(model), _memory.Settle(Shape(model), setup, new(EagerStack, true, false), double.PositiveInfinity),
            EagerStack).Total.GiB <= Device(device).MemoryGib;

    /// <summary>The best speed over batches that fit, and its batch; 0 when none fits.</summary>
    public (double Speed, int Batch) Best(string model, string device, int gpus, params Scheme[] schemes) =>
        Batches.Select(batch => Best(model, device, gpus, batch, AttentionKind.Flash, schemes)).MaxBy(choice => choice.Speed);

    /// <summary>The best speed over schemes at a batch, with an attention; 0 when it does not fit.</summary>
    public (double Speed, int Batch) Best(string model, string device, int gpus, int batch, AttentionKind attention,
        params Scheme[] schemes) => (
        from scheme in schemes
        let setup = Setup(gpus, batch, scheme, attention)
        where Fits(model, device, setup)
        select (Speed: Speed(model, device, setup), Batch: batch)).DefaultIfEmpty().MaxBy(choice => choice.Speed);

    private Accelerator Device(string name) => _store.Devices.Find(name);
}
