using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Models;
using C = SlmPlanner.Core.Time.StepCoefficient;
using L = SlmPlanner.Core.Time.GroupLevel;

namespace SlmPlanner.Core.Time.Terms;

/// <summary>Matrix multiplies of the blocks, forward and backward.</summary>
internal sealed class MatmulTerm : StepTerm
{
    /// <inheritdoc/>
    public override string Key => "matmul";

    /// <inheritdoc/>
    public override string Formula =>
        "g · 3L (2L beside adapters, L + 2 · trained blocks where others are frozen) · (qkv + output + feed-forward); a multiply "
        + "(m×k)(k×n) is 2mkn · max₄(`MatmulInverseEfficiency`/peak · `Misalignment` where k or n "
        + "is no multiple of 8, energy/watts) · (1 + `NarrowWidth`·128/min(k, n)) + e·(mk + kn + mn)·`OperandTraffic`/bandwidth; "
        + "energy is `PowerPerFlop` pJ, times `Fp8Energy`, `Tf32Energy` or `Fp32Energy`; 8-bit peaks are divided by `Fp8InverseGain`; "
        + "experts take `ExpertMatmul` times that, and each as long as 128·`NarrowWidth` more rows would";

    /// <inheritdoc/>
    public override string Source =>
        "Williams et al. 2009 (roofline); NVIDIA, Matrix multiplication background, 3.1; energies' ratios Horowitz 2014 (multiply and "
        + "add at fp16, fp32, 8 bits)";

    /// <summary>
    /// 0.85 pJ per 16-bit operation is what 700 W are at the 80 % of its peak that an H100 reaches. An fp32 multiply and add take three
    /// times the energy of a 16-bit one, TF32 operands move as fp32 and multiply as fp16, 8-bit ones take about half. Grouped multiplies of
    /// experts reach what single ones do at best (Gale et al. 2022, MegaBlocks, recalled: 98.6 % of batched ones); loops over experts,
    /// permutations and the fuller of them cost more: 1.25 is assumed, within a factor of about 1.5, since no measured row has experts.
    /// </summary>
    public override IReadOnlyList<CoefficientPrior> Coefficients { get; } =
    [
        new(C.MatmulInverseEfficiency, 1.25, 0.24,
            [new(L.Architecture, 0.2), new(L.Device, 0.034), new(L.Stack, 0.12), new(L.Machine, 2), new(L.MachinePrecision, 1)]),
        new(C.OperandTraffic, 0.7, 1, [new(L.Stack, 0.2), new(L.Machine, 1)]),
        new(C.PowerPerFlop, 0.85, 0.65, [new(L.Architecture, 0.35), new(L.Device, 0.15), new(L.Stack, 0.14)]),
        new(C.Fp8InverseGain, 1.2, 0.21, [new(L.Stack, 0.16)]),
        new(C.NarrowWidth, 1.2, 0.64, [new(L.Machine, 0.7), new(L.Stack, 0.15)]),
        new(C.Misalignment, 2.1, 0.63, [new(L.Machine, 0.7), new(L.Stack, 0.21)]),
        new(C.Fp8Energy, 0.55, 0.18, [new(L.Stack, 0.12)]),
        new(C.Tf32Energy, 1.6, 0.27, [new(L.Stack, 0.14)]),
        new(C.Fp32Energy, 3.1, 0.4, [new(L.Stack, 0.15)]),
        new(C.ExpertMatmul, 1.25, 0.4, [new(L.Stack, 0.3)]),
    ];

    internal override double Seconds(ref StepContext step)
    {
        ref readonly var shape = ref step.Shape;
        double tokens = step.Tokens, width = shape.DModel;
        step.MatmulForward = shape.Mixed is { } mixed ? Mixed(ref step, mixed.Multiplies.Dense, mixed.Multiplies.Experts) : shape.Layers * (
            step.Block.Seconds(tokens, width, shape.QueryWidth + 2 * shape.KvWidth) + step.Block.Seconds(tokens, shape.QueryWidth, width)
            + shape.FfnInputs * step.Block.Seconds(tokens, width, shape.Ffn) + step.Block.Seconds(tokens, shape.Ffn, width));
        return step.EveryMicroBatch(step.Trained.MultiplyPasses * step.MatmulForward);
    }

    /// <summary>Forward seconds of blocks that are not all equal: multiplies of every token, and of those sent to experts.</summary>
    internal static double Mixed(ref StepContext step, in MatmulSums dense, in MatmulSums experts) =>
        step.Block.Seconds(step.Tokens, dense)
        + (experts.Weights > 0 ? step[C.ExpertMatmul] * step.Block.GroupedSeconds(step.Tokens * step.Setup.ExpertLoad, experts) : 0);
}
