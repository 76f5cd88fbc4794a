using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.MicroBenchmarks;

/// <summary>The output head and the fp32 cross-entropy over the vocabulary, forward and backward.</summary>
internal static class LogitsBenchmark
{
    /// <summary>For one shape: three multiplies, and the logits in both formats with their gradients.</summary>
    public static MicroBenchmark Make(IComputeDevice device, BurstPrecision precision, long tokens, long width, long vocab) => new(
        MicroKind.Logits, precision, [tokens, width, vocab], 6.0 * tokens * width * vocab, 16.0 * tokens * vocab, 1,
        () =>
        {
            var type = MicroBenchmark.TypeOf(precision);
            var x = randn([tokens, width], dtype: ScalarType.Float32, device: device.Torch).to(type).requires_grad_(true);
            var head = (randn([vocab, width], dtype: ScalarType.Float32, device: device.Torch) * 0.02).to(type).requires_grad_(true);
            var targets = randint(vocab, [tokens], dtype: ScalarType.Int64, device: device.Torch);
            return () =>
            {
                var logits = nn.functional.linear(x, head).to(ScalarType.Float32);
                nn.functional.cross_entropy(logits, targets).backward();
                (x.grad, head.grad) = (null, null);
            };
        });
}
