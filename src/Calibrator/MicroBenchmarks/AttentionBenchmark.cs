using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.MicroBenchmarks;

/// <summary>Causal attention on given queries, keys and values, forward and backward, by the burst's own code.</summary>
internal static class AttentionBenchmark
{
    /// <summary>Heads of one sequence, where there are as many: more are further sequences of the batch.</summary>
    public const long HeadsPerSequence = 8;

    /// <summary>
    /// For one shape. Operations: 4·s²·h per head forward, halved by causality for the fused kernel; backward 2.5 times the
    /// forward when fused (Dao 2023, section 3.1), twice otherwise.
    /// </summary>
    public static MicroBenchmark Make(IComputeDevice device, BurstPrecision precision, AttentionKind kind, long heads, long length,
        long headDim)
    {
        var flash = kind == AttentionKind.Flash;
        var forward = 4.0 * heads * length * length * headDim;
        return new(
            flash ? MicroKind.FlashAttention : MicroKind.VanillaAttention, precision, [heads, length, headDim],
            flash ? 3.5 * forward / 2 : 3 * forward, flash ? 0 : MicroBenchmark.Width(precision) * (double)heads * length * length, 1,
            () => Prepare(device, precision, kind, heads, length, headDim));
    }

    /// <summary>
    /// Queries, keys and values lie in memory as in a burst: slices of one projection, heads innermost but for their elements.
    /// </summary>
    private static Action Prepare(IComputeDevice device, BurstPrecision precision, AttentionKind kind, long heads, long length,
        long headDim)
    {
        var scores = new AttentionScores(kind, precision, (int)length, (int)headDim, device.Torch);
        var perSequence = Math.Min(heads, HeadsPerSequence);
        var projection = randn([heads / perSequence, length, 3 * perSequence, headDim], dtype: ScalarType.Float32, device: device.Torch)
            .to(MicroBenchmark.TypeOf(precision)).requires_grad_(true);
        var gradient = randn_like(projection.narrow(2, 0, perSequence)).requires_grad_(false).transpose(1, 2);
        return () =>
        {
            var split = projection.transpose(1, 2);
            scores.Forward(split.narrow(1, 0, perSequence), split.narrow(1, perSequence, perSequence),
                split.narrow(1, 2 * perSequence, perSequence))
                .backward([gradient]);
            projection.grad = null;
        };
    }
}
