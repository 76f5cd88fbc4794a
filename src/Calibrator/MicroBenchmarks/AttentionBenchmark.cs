using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.MicroBenchmarks;

/// <summary>Causal attention on given queries, keys and values, forward and backward, by the burst's own code.</summary>
internal static class AttentionBenchmark
{
    /// <summary>
    /// For one shape. Operations: 4·s²·h per head forward, halved by causality for the fused kernel; backward 2.5 times the
    /// forward when fused (Dao 2023, section 3.1), twice otherwise.
    /// </summary>
    public static MicroBenchmark Make(IComputeDevice device, BurstPrecision precision, AttentionKind kind, long heads, long length, long headDim)
    {
        var flash = kind == AttentionKind.Flash;
        var forward = 4.0 * heads * length * length * headDim;
        return new(
            flash ? MicroKind.FlashAttention : MicroKind.VanillaAttention, precision, [heads, length, headDim],
            flash ? 3.5 * forward / 2 : 3 * forward, flash ? 0 : MicroBenchmark.Width(precision) * (double)heads * length * length, 1,
            () => Prepare(device, precision, kind, heads, length, headDim));
    }

    private static Action Prepare(IComputeDevice device, BurstPrecision precision, AttentionKind kind, long heads, long length, long headDim)
    {
        var scores = new AttentionScores(kind, precision, (int)length, (int)headDim, device.Torch);
        var inputs = Enumerable.Range(0, 3).Select(_ => randn([1, heads, length, headDim], dtype: ScalarType.Float32, device: device.Torch)
            .to(MicroBenchmark.TypeOf(precision)).requires_grad_(true)).ToArray();
        var gradient = ones_like(inputs[0]).requires_grad_(false);
        return () =>
        {
            scores.Forward(inputs[0], inputs[1], inputs[2]).backward([gradient]);
            foreach (var input in inputs)
                input.grad = null;
        };
    }
}
