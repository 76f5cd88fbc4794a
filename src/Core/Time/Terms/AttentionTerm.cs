using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Numerics;
using SlmPlanner.Core.Training;
using C = SlmPlanner.Core.Time.StepCoefficient;
using L = SlmPlanner.Core.Time.GroupLevel;

namespace SlmPlanner.Core.Time.Terms;

/// <summary>Scores, softmax and weighted values, forward and backward.</summary>
internal sealed class AttentionTerm : StepTerm
{
    /// <summary>
    /// Fused attention's backward pass has 2.5 times the forward's operations: five multiplies against two
    /// (Dao 2023, FlashAttention-2, section 4.1 on counting operations).
    /// </summary>
    private const double FlashBackward = 2.5;

    /// <summary>Without a fused kernel each of the two multiplies has two gradients.</summary>
    private const double ExplicitBackward = 2;

    /// <summary>Batched score multiplies without a fused kernel are smaller than the projections: 30 % slower.</summary>
    private const double BatchedMatmul = 1.3;

    /// <inheritdoc/>
    public override string Key => "attention";

    /// <inheritdoc/>
    public override string Formula =>
        "flash: g · 3.5 · 2·m·s·a·h·L · max₄(`FlashInverseEfficiency`·slowdown/peak, energy/watts), slowdown `FlashSmallHead` for heads "
        + "of 64, on a calibrated "
        + "machine `FusedAttentionCurve`; vanilla: g · 3 · (4·m·s·a·h·L · 1.3 · max₄(`MatmulInverseEfficiency`/peak, energy/watts) + "
        + "`ScorePasses`/3·e·m·s·a·L/bandwidth)";

    /// <inheritdoc/>
    public override string Source => "Dao 2023 (FlashAttention-2), 4.1: causal halves the work, backward is 2.5 forwards; Korthikanti "
        + "et al. 2022, 4.1";

    /// <summary>
    /// FlashAttention-2 reaches 35 % of the peak of architecture 9.0 and some 70 % of that of 8.0; kernels written for 9.0 make up for
    /// it (Dao 2023; Shah et al. 2024, FlashAttention-3, abstract).
    /// </summary>
    public override IReadOnlyList<CoefficientPrior> Coefficients { get; } =
    [
        new(C.FlashInverseEfficiency, 1.8, 0.24,
            [new(L.Architecture, 0.066), new(L.Stack, 0.33), new(L.AttentionKernel, 0.32), new(L.Machine, 2), new(L.MachinePrecision, 1)])
        {
            Start = (level, key) => (level, key) switch
            {
                (L.Architecture, "9.0" or "10.0") => 0.6,
                (L.AttentionKernel, "flash3" or "flash(cudnn)") => -0.6,
                _ => 0,
            },
        },
        new(C.FlashSmallHead, 1.3, 0.12, [new(L.Stack, 0.21)]),
        new(C.ScorePasses, 8, 0.58, [new(L.Kernels, 1.1), new(L.Stack, 0.31), new(L.Machine, 1.5), new(L.MachinePrecision, 0.7)]),
    ];

    internal override double Seconds(ref StepContext step)
    {
        ref readonly var shape = ref step.Shape;
        ref readonly var device = ref step.Device;
        ref readonly var setup = ref step.Setup;
        if (shape.Mixed is { } mixed)
            return Mixed(ref step, mixed.Attention);
        var products = step.Tokens * setup.SeqLen * shape.Layers * shape.QueryWidth;
        if (setup.Attention == AttentionKind.Flash)
        {
            var slowdown = device.FusedAttention?.Slowdown(setup.SeqLen, shape.HeadDim)
                ?? SmallHeadSlowdown(shape.HeadDim, step[C.FlashSmallHead]);
            step.AttentionForward = 2 * products
                * SmoothMaximum.OfFourthPowers(step[C.FlashInverseEfficiency] * slowdown / device.WideFlops, step.WidePowerSeconds);
            return step.EveryMicroBatch(step.Trained.Passes(FlashBackward) * step.AttentionForward);
        }
        var scores = step.Tokens * setup.SeqLen * shape.Layers * shape.Heads;
        step.AttentionForward =
            4 * products * BatchedMatmul * SmoothMaximum.OfFourthPowers(step[C.MatmulInverseEfficiency] / device.WideFlops,
                step.WidePowerSeconds)
            + step[C.ScorePasses] / StepContext.ForwardAndBackward * device.ElementBytes * scores / device.BandwidthBytes;
        return step.EveryMicroBatch(step.Trained.Passes(ExplicitBackward) * step.AttentionForward);
    }

    /// <summary>
    /// The same of blocks that are not all equal. A fused kernel leaves out what lies beyond a window; explicit attention works all scores
    /// out and masks them.
    /// </summary>
    private static double Mixed(ref StepContext step, AttentionSum[] sums)
    {
        ref readonly var device = ref step.Device;
        ref readonly var setup = ref step.Setup;
        double forward = 0;
        if (setup.Attention == AttentionKind.Flash)
        {
            foreach (var sum in sums)
            {
                var slowdown = device.FusedAttention?.Slowdown(setup.SeqLen, sum.HeadDim)
                    ?? SmallHeadSlowdown(sum.HeadDim, step[C.FlashSmallHead]);
                forward += 2 * step.Tokens * AttentionCore.SeenTokens(setup.SeqLen, sum.Window) * sum.ScoreWidth
                    * SmoothMaximum.OfFourthPowers(step[C.FlashInverseEfficiency] * slowdown / device.WideFlops, step.WidePowerSeconds);
            }
            step.AttentionForward = forward;
            return step.EveryMicroBatch(step.Trained.Passes(FlashBackward) * forward);
        }
        var perOperation = BatchedMatmul * SmoothMaximum.OfFourthPowers(step[C.MatmulInverseEfficiency] / device.WideFlops,
            step.WidePowerSeconds);
        var perScore = step[C.ScorePasses] / StepContext.ForwardAndBackward * device.ElementBytes / device.BandwidthBytes;
        foreach (var sum in sums)
            forward += step.Tokens * setup.SeqLen * (4 * sum.ScoreWidth * perOperation + sum.Heads * perScore);
        step.AttentionForward = forward;
        return step.EveryMicroBatch(step.Trained.Passes(ExplicitBackward) * forward);
    }

    /// <summary>None with heads of 128, all of it up to 64, linear between.</summary>
    private static double SmallHeadSlowdown(double headDim, double atSixtyFour) =>
        headDim <= 64 ? atSixtyFour : headDim < 128 ? 1 + (atSixtyFour - 1) * (128 - headDim) / 64 : 1;
}
