using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Calibrator.Loading;
using SlmPlanner.Core;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Measurements.Bursts;
using static TorchSharp.torch;

namespace SlmPlanner.Torch.Tests;

/// <summary>What the tests of real bursts share: loading libtorch or skipping, and a tiny spec.</summary>
internal static class Torch
{
    private static readonly Lazy<string?> WhyNot = new(Load);

    /// <summary>A decoder of a few thousand parameters with grouped queries.</summary>
    public static BurstSpec Tiny { get; } = new()
    {
        NLayers = 3,
        DModel = 32,
        NHeads = 4,
        NKvHeads = 2,
        DFfn = 64,
        FfnKind = FfnKind.Swiglu,
        Vocab = 61,
        TiedEmbeddings = true,
        SeqLen = 24,
        MicroBatch = 2,
        GradAccum = 1,
        Precision = BurstPrecision.Fp32,
        Attention = AttentionKind.Flash,
        Recomputation = Recomputation.None,
        Parallelism = BurstParallelism.OneRank,
        Steps = 4,
        Warmup = 1,
        Seed = 7,
        Threads = 1,
    };

    /// <summary>Skips the test, with the reason, where libtorch cannot load.</summary>
    public static void LoadOrSkip() => Assert.SkipUnless(WhyNot.Value is null, $"libtorch can't load here: {WhyNot.Value}");

    /// <summary>Loss and gradients by parameter of one step's micro-batches, flattened.</summary>
    public static (double Loss, IReadOnlyList<float[]> Gradients) LossAndGradients(BurstSpec spec)
    {
        using var scope = NewDisposeScope();
        var decoder = new Decoder(spec, CPU);
        using var parameters = new ResidentParameters(decoder, spec.Seed, CPU, new AdamWSettings());
        var pass = new StagedPass(decoder, parameters, spec.Recomputation);
        var (tokens, targets) = new TokenStream(spec.Vocab, spec.Seed).NextBatch(spec.MicroBatch * spec.GradAccum, spec.SeqLen, CPU);
        var loss = Enumerable.Range(0, spec.GradAccum).Sum(i => pass.Run(
            tokens.narrow(0, i * spec.MicroBatch, spec.MicroBatch), targets.narrow(0, i * spec.MicroBatch, spec.MicroBatch),
            1.0 / spec.GradAccum, i == spec.GradAccum - 1, () => { }) / spec.GradAccum);
        return (loss, [.. parameters.Gradients().Select(gradient => gradient.data<float>().ToArray())]);
    }

    /// <summary>The largest difference between two lists of gradients, over the largest gradient.</summary>
    public static double RelativeDifference(IReadOnlyList<float[]> left, IReadOnlyList<float[]> right)
    {
        Assert.Equal(left.Count, right.Count);
        var largest = left.SelectMany(gradient => gradient).Max(Math.Abs);
        return left.Zip(right).Max(pair => pair.First.Zip(pair.Second).Max(values => Math.Abs(values.First - values.Second))) / largest;
    }

    /// <summary>A run of a spec on the CPU.</summary>
    public static TrainingRun Start(BurstSpec spec)
    {
        var decoder = new Decoder(spec, CPU);
        return new(spec, new CpuDevice(), decoder, new ResidentParameters(decoder, spec.Seed, CPU, new AdamWSettings()), spec.Seed);
    }

    private static string? Load()
    {
        try
        {
            TorchRuntime.Load(threads: 1);
            return null;
        }
        catch (Exception exception) when (exception is InputException or TypeInitializationException or DllNotFoundException
            or NotSupportedException)
        {
            return exception.Message;
        }
    }
}
