using SlmPlanner.Core.Training;
using C = SlmPlanner.Core.Performance.StepCoefficient;

namespace SlmPlanner.Core.Performance;

/// <summary>
/// Step time of one rank in closed form: accumulation × smooth maximum(device work, host launches) + exposed
/// communication + optimizer + fixed overhead, all times the stack's speed factor. A pure function of shape, rates,
/// setup and coefficients; the fit differentiates it, the search evaluates it. Equations in <c>docs/models.md</c>.
/// </summary>
public static class StepTimeEquation
{
    private const double ForwardAndBackward = 3;

    /// <summary>Fused attention runs its backward pass at 2.5 times the forward's operations (Dao 2023, section 3.1).</summary>
    private const double FlashForwardAndBackward = 3.5;

    /// <summary>Share of a block's forward work that selective recomputation repeats (its attention core).</summary>
    private const double SelectiveShare = 0.3;

    /// <summary>Batched score multiplies without a fused kernel are smaller than the projections: 30 % slower.</summary>
    private const double BatchedMatmul = 1.3;

    /// <summary>Memory-bound work per feed-forward element over that per hidden element: one activation against norms and residuals.</summary>
    private const double FfnElementShare = 0.3;

    /// <summary>Bytes per parameter that an Adam step reads and writes: fp32 states, gradient and master copy; 14 in pure 16-bit.</summary>
    private const double MixedOptimizerBytes = 30, PureOptimizerBytes = 14;

    private const double LogitElementBytes = 2, PowerUnit = 1e12;

    /// <summary>The number of coefficients.</summary>
    public static int CoefficientCount { get; } = Enum.GetValues<C>().Length;

    /// <summary>The terms of one step.</summary>
    /// <param name="shape">The transformer.</param>
    /// <param name="device">Datasheet rates for the setup's precision.</param>
    /// <param name="links">Link rates.</param>
    /// <param name="setup">How a step is run.</param>
    /// <param name="c">Coefficients in the order of <see cref="StepCoefficient"/>; not logarithms.</param>
    public static StepTime Evaluate(in ShapeCosts shape, in DeviceRates device, in LinkRates links, in TrainingSetup setup, ReadOnlySpan<double> c)
    {
        var recomputed = setup.Recomputation switch { Recomputation.Full => 1.0, Recomputation.Selective => SelectiveShare, _ => 0 };
        var passes = ForwardAndBackward + recomputed;
        double tokens = setup.TokensPerMicroBatch, d = shape.DModel;
        var powerPerFlop = device.Watts > 0 ? c[(int)C.PowerPerFlop] / (device.Watts * PowerUnit) : 0;
        var perByte = c[(int)C.OperandTraffic] / device.BandwidthBytes;
        var perFlop = c[(int)C.MatmulInverseEfficiency] * (device.IsFp8 ? c[(int)C.Fp8InverseGain] : 1) / device.MatmulFlops;
        var widePerFlop = c[(int)C.MatmulInverseEfficiency] / device.WideFlops;
        var misaligned = c[(int)C.Misalignment];
        var block = new MatmulTime(perFlop, misaligned, powerPerFlop, c[(int)C.NarrowWidth], perByte, device.ElementBytes);
        var head = new MatmulTime(widePerFlop, misaligned, powerPerFlop, c[(int)C.NarrowWidth], perByte, device.ElementBytes);

        var matmul = shape.Layers * (
            block.Seconds(tokens, d, shape.QueryWidth + 2 * shape.KvWidth) + block.Seconds(tokens, shape.QueryWidth, d)
            + shape.FfnInputs * block.Seconds(tokens, d, shape.Ffn) + block.Seconds(tokens, shape.Ffn, d));
        var logits = ForwardAndBackward * c[(int)C.HeadMatmul] * head.Seconds(tokens, d, shape.HeadVocab)
            + c[(int)C.LogitPasses] * LogitElementBytes * tokens * shape.HeadVocab / device.BandwidthBytes;
        var attention = AttentionForward(shape, device, setup, widePerFlop, powerPerFlop, c);
        var attentionPasses = setup.Attention == AttentionKind.Flash ? FlashForwardAndBackward : ForwardAndBackward;
        var memoryBound = c[(int)C.BlockPasses] / ForwardAndBackward * device.ElementBytes * tokens
            * (d + FfnElementShare * shape.Ffn * shape.FfnInputs) * shape.Layers / device.BandwidthBytes;
        var repeated = recomputed * (matmul + attention + memoryBound);
        var work = ForwardAndBackward * (matmul + memoryBound) + logits + attentionPasses * attention + repeated;
        var kernels = device.IsMachine ? BlockKernels.Share(shape, setup) : 1;
        var launches = c[(int)C.LaunchSecondsPerLayer] * shape.Layers * kernels * passes / ForwardAndBackward + c[(int)C.LaunchSecondsPerMicroBatch];
        var microBatch = SmoothMaximum.Of(work, launches, Math.Max(1, c[(int)C.LaunchSharpness]));
        var communication = CommunicationTime.ExposedSeconds(shape, links, setup, microBatch, c);
        var moved = device.IsMachine ? ParameterTraffic.Bytes(shape, setup) : 0;
        var optimizer = c[(int)C.OptimizerTraffic]
            * ((device.IsPure ? PureOptimizerBytes : MixedOptimizerBytes) * shape.Parameters / setup.OptimizerRanks + moved) / device.BandwidthBytes;

        var speed = c[(int)C.Speed];
        var often = setup.GradAccum * speed;
        return new(
            often * ForwardAndBackward * matmul, often * logits, often * attentionPasses * attention,
            often * ForwardAndBackward * memoryBound, often * repeated, often * (microBatch - work),
            speed * optimizer, speed * communication, speed * c[(int)C.FixedSeconds]);
    }

    /// <summary>Forward seconds of the scores, softmax and weighted values of all blocks.</summary>
    private static double AttentionForward(
        in ShapeCosts shape, in DeviceRates device, in TrainingSetup setup, double perFlop, double powerPerFlop, ReadOnlySpan<double> c)
    {
        var pairs = setup.TokensPerMicroBatch * setup.SeqLen * shape.Layers;
        if (setup.Attention == AttentionKind.Flash)
        {
            var slowdown = device.FusedAttention?.Slowdown(setup.SeqLen, shape.HeadDim) ?? SmallHeadSlowdown(shape.HeadDim, c[(int)C.FlashSmallHead]);
            return 2 * pairs * shape.QueryWidth * (c[(int)C.FlashInverseEfficiency] * slowdown / device.WideFlops + powerPerFlop);
        }
        return 4 * pairs * shape.QueryWidth * perFlop * BatchedMatmul
            + c[(int)C.ScorePasses] / ForwardAndBackward * device.ElementBytes * pairs * shape.Heads / device.BandwidthBytes;
    }

    /// <summary>None with heads of 128, all of it up to 64, linear between.</summary>
    private static double SmallHeadSlowdown(double headDim, double atSixtyFour) =>
        headDim <= 64 ? atSixtyFour : headDim < 128 ? 1 + (atSixtyFour - 1) * (128 - headDim) / 64 : 1;
}
