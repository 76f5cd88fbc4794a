using System.Diagnostics;
using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.MicroBenchmarks;

/// <summary>
/// The micro-benchmarks in the order of what they are worth: each separates one term of a step. A suite that runs out of time
/// leaves the last ones out, so the order alternates between kinds.
/// </summary>
internal sealed class MicroSuite(IComputeDevice device)
{
    private const int LeastRuns = 5;
    private const int MostRuns = 30;
    private const double SecondsPerBenchmark = 0.08;
    private const long FusedAttentionQueries = 4096;
    private static readonly BurstPrecision[] Precisions = [BurstPrecision.Fp32, BurstPrecision.Bf16];

    /// <summary>
    /// Runs as many as fit into the budget; after it the first of each kind; after the limit, once each, the first of those that the
    /// machine's datasheet is made of.
    /// </summary>
    public IReadOnlyList<MicroSample> Run(double budgetSeconds, double limitSeconds, CancellationToken stop)
    {
        var start = Stopwatch.GetTimestamp();
        double Used() => Stopwatch.GetElapsedTime(start).TotalSeconds;
        var seen = new HashSet<(MicroKind, BurstPrecision)>();
        List<MicroSample> samples = [];
        foreach (var benchmark in All())
        {
            if (stop.IsCancellationRequested)
                break;
            var isFirst = seen.Add((benchmark.Kind, benchmark.Precision));
            if (Used() < budgetSeconds || (isFirst && (Used() < limitSeconds || IsNeeded(benchmark.Kind))))
                samples.Add(Time(benchmark, () => Used() < limitSeconds));
        }
        return samples;
    }

    private static bool IsNeeded(MicroKind kind) => kind is MicroKind.Matmul or MicroKind.Elementwise;

    private IEnumerable<MicroBenchmark> All()
    {
        foreach (var precision in Precisions)
            yield return LaunchBenchmark.Make(device, precision);
        foreach (var (tokens, width, inner) in MatmulShapes)
        {
            foreach (var precision in Precisions)
                yield return MatmulBenchmark.Make(device, precision, tokens, width, inner);
        }
        foreach (var elements in ElementCounts)
        {
            foreach (var precision in Precisions)
                yield return ElementwiseBenchmark.Make(device, precision, elements);
        }
        foreach (var (heads, length, headDim) in FusedAttentionShapes())
        {
            foreach (var precision in Precisions)
                yield return AttentionBenchmark.Make(device, precision, AttentionKind.Flash, heads, length, headDim);
        }
        foreach (var (heads, length, headDim) in VanillaAttentionShapes)
        {
            foreach (var precision in Precisions)
                yield return AttentionBenchmark.Make(device, precision, AttentionKind.Vanilla, heads, length, headDim);
        }
        foreach (var parameters in OptimizerSizes)
            yield return OptimizerBenchmark.Make(device, parameters);
        foreach (var (tokens, width, vocab) in LogitShapes)
        {
            foreach (var precision in Precisions)
                yield return LogitsBenchmark.Make(device, precision, tokens, width, vocab);
        }
    }

    private static (long Tokens, long Width, long Inner)[] MatmulShapes =>
        [(1024, 1024, 1024), (512, 256, 256), (1024, 512, 2048), (256, 128, 512), (2048, 768, 768), (128, 1024, 4096), (512, 2048, 512),
            (4096, 256, 1024)];

    private static long[] ElementCounts => [1 << 22, 1 << 16, 1 << 19, 1 << 24];

    private static (long Heads, long Length, long HeadDim)[] VanillaAttentionShapes =>
        [(8, 512, 64), (4, 1024, 64), (16, 256, 32), (8, 256, 128), (4, 2048, 64)];

    /// <summary>
    /// Lengths on both sides of where libtorch's CPU kernel changes its query tile: 32 below 192, 64 below 768, then 256
    /// (<c>aten/src/ATen/native/cpu/FlashAttentionKernel.cpp</c>, <c>q_split_size</c>).
    /// </summary>
    private static long[] FusedAttentionLengths => [128, 1024, 512, 256, 64, 2048, 184, 192, 760, 768, 96, 352];

    private static IEnumerable<(long Heads, long Length, long HeadDim)> FusedAttentionShapes() =>
        from length in FusedAttentionLengths
        from headDim in FusedAttentionWidths
        select (Math.Max(1, FusedAttentionQueries / length / AttentionBenchmark.HeadsPerSequence) * AttentionBenchmark.HeadsPerSequence,
            length, headDim);

    private static long[] FusedAttentionWidths => [32, 128];

    private static long[] OptimizerSizes => [1 << 22, 1 << 18, 1 << 24];

    private static (long Tokens, long Width, long Vocab)[] LogitShapes => [(512, 256, 8192), (1024, 512, 4096), (512, 256, 32768)];

    private MicroSample Time(MicroBenchmark benchmark, Func<bool> hasTime)
    {
        using var scope = NewDisposeScope();
        var run = benchmark.Prepare();
        run();
        device.Synchronize();
        List<double> seconds = [];
        while (seconds.Count == 0 || (hasTime() && (seconds.Count < LeastRuns
            || (seconds.Count < MostRuns && seconds.Sum() < SecondsPerBenchmark))))
        {
            using var inner = NewDisposeScope();
            var start = Stopwatch.GetTimestamp();
            run();
            device.Synchronize();
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds / benchmark.Repeats);
        }
        return new(benchmark.Kind, benchmark.Precision, benchmark.Extents, benchmark.Flops, benchmark.Bytes, seconds);
    }
}
