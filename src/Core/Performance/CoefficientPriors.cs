using SlmPlanner.Core.Training;
using C = SlmPlanner.Core.Performance.StepCoefficient;
using L = SlmPlanner.Core.Performance.GroupLevel;

namespace SlmPlanner.Core.Performance;

/// <summary>
/// The prior of every coefficient. Sizes come from counting bytes and kernels and from achievable shares of peak (MAMF:
/// 87 % of A100, 80 % of H100); deviations say how far stacks and devices are believed to differ. A machine without a
/// datasheet has nominal rates, so its deviations are wide enough for its own measurements to decide.
/// </summary>
public static class CoefficientPriors
{
    /// <summary>All of them, in the order of <see cref="StepCoefficient"/>.</summary>
    public static IReadOnlyList<CoefficientPrior> All { get; } =
    [
        new(C.Speed, 1, 0.01, [new(L.Stack, 0.24), new(L.Source, 0.12), new(L.Device, 0.02), new(L.Family, 0.1), new(L.MachineRanks, 0.2), new(L.Moment, 0.08)]),
        new(C.MatmulInverseEfficiency, 1.25, 0.15,
            [new(L.Architecture, 0.15), new(L.Device, 0.04), new(L.Stack, 0.2), new(L.Machine, 2), new(L.MachinePrecision, 1)]),
        new(C.OperandTraffic, 0.7, 1, [new(L.Stack, 0.2), new(L.Machine, 1)]),
        new(C.PowerPerFlop, 1, 0.7, [new(L.Architecture, 0.3)]),
        new(C.FlashInverseEfficiency, 1.8, 0.3,
            [new(L.Architecture, 0.12), new(L.Stack, 0.25), new(L.AttentionKernel, 0.3), new(L.Machine, 2), new(L.MachinePrecision, 1)]),
        new(C.FlashSmallHead, 1.3, 0.2),
        new(C.ScorePasses, 8, 0.7, [new(L.Kernels, 0.4), new(L.Stack, 0.2), new(L.Machine, 1.5), new(L.MachinePrecision, 0.7)]),
        new(C.BlockPasses, 20, 0.7,
            [new(L.Kernels, 0.3), new(L.Stack, 0.3), new(L.Family, 0.2), new(L.Architecture, 0.15), new(L.Recipe, 0.2), new(L.Machine, 1.5), new(L.MachinePrecision, 0.7),
             new(L.MachineBlock, 0.3), new(L.MachineRanks, 0.3)]),
        new(C.LogitPasses, 10, 0.7,
            [new(L.Kernels, 0.4), new(L.Stack, 0.15), new(L.Recipe, 0.2), new(L.Machine, 1.5), new(L.MachinePrecision, 0.7)]),
        new(C.LaunchSecondsPerLayer, 1e-3, 1, [new(L.Kernels, 0.7), new(L.Stack, 0.5), new(L.Family, 0.3), new(L.Machine, 1), new(L.MachinePrecision, 0.7)]),
        new(C.LaunchSecondsPerMicroBatch, 5e-3, 1, [new(L.Stack, 0.5), new(L.Machine, 1)]),
        new(C.OptimizerTraffic, 1.3, 0.5, [new(L.Kernels, 0.4), new(L.Stack, 0.4), new(L.Machine, 1), new(L.MachineRanks, 0.5), new(L.MachineScheme, 0.2)]),
        new(C.FixedSeconds, 3e-3, 1, [new(L.Stack, 0.6), new(L.Machine, 1), new(L.MachineScheme, 0.7)]),
        new(C.IntraNodeInverseEfficiency, 1.5, 0.4, [new(L.Device, 0.3), new(L.Stack, 1), new(L.Family, 0.6), new(L.Machine, 1.5), new(L.MachineScheme, 0.2)]),
        new(C.InterNodeInverseEfficiency, 1.6, 0.5, [new(L.Device, 0.3), new(L.Stack, 0.5), new(L.Machine, 1), new(L.MachineScheme, 0.2)]),
        new(C.Congestion, 0.15, 0.7, [new(L.Stack, 0.5)]),
        new(C.Overlap, 1, 0.7, [new(L.Stack, 0.6), new(L.Parallelism, 0.4), new(L.Machine, 1.5)]),
        new(C.CollectiveLatencySeconds, 3e-5, 0.7, [new(L.Stack, 0.3), new(L.Machine, 1)]),
        new(C.Fp8InverseGain, 1.2, 0.3, [new(L.Stack, 0.2)]),
        new(C.NarrowWidth, 1.2, 0.7, [new(L.Machine, 0.7)]),
        new(C.GatherTraffic, 1, 0.3, [new(L.Stack, 0.3)]),
        new(C.Misalignment, 2.1, 0.6, [new(L.Machine, 0.7)]),
        new(C.HeadMatmul, 1, 0.1, [new(L.Stack, 0.5), new(L.Machine, 0.3)]),
        new(C.LaunchSharpness, 2.5, 0.3, [new(L.Stack, 0.2)]),
        new(C.RingHopSeconds, 5e-6, 1, [new(L.Stack, 0.7)]),
    ];

    /// <summary>
    /// Where a kernel style starts, as a logarithm relative to the population. Eager models written as single tensor
    /// operations move about 500 bytes per hidden element and layer (fp32 norms, rotary, activation and their gradients,
    /// counted in the Hugging Face Llama and GPT-2 modules), some nine times what fused kernels move; compilers fuse a little more yet
    /// and halve the host's work. FlashAttention-2 reaches 35 % of the peak of architecture 9.0 and some 70 % of that of 8.0;
    /// kernels written for 9.0 make up for it (Dao 2023; Shah et al. 2024, FlashAttention-3, abstract). The link of a calibrated machine is
    /// measured, not promised: collectives start at the measured speed. In its forward pass a plain block
    /// (LayerNorm in one kernel, no rotary) moves 22 elements per hidden element where the calibrator's gated one moves 55, which the
    /// equation counts as 2.2 against 2.6 (counted in <c>src/Calibrator/Bursts</c>).
    /// </summary>
    public static double Start(StepCoefficient coefficient, GroupLevel level, string key) => (coefficient, level, key) switch
    {
        (C.BlockPasses, L.Kernels, "eager") => 2.2,
        (C.BlockPasses, L.Kernels, "compiled") => -0.4,
        (C.LogitPasses, L.Kernels, "eager") => 0.5,
        (C.LogitPasses, L.Kernels, "compiled") => -0.3,
        (C.LaunchSecondsPerLayer, L.Kernels, "compiled") => -1,
        (C.FlashInverseEfficiency, L.Architecture, "9.0" or "10.0") => 0.6,
        (C.FlashInverseEfficiency, L.AttentionKernel, "flash3" or "flash(cudnn)") => -0.6,
        (C.BlockPasses, L.MachineBlock, var block) when IsPlain(block) => Math.Log(22 / 2.2 / (55 / 2.6)),
        (C.IntraNodeInverseEfficiency, L.Machine, _) => -Math.Log(1.5),
        (C.InterNodeInverseEfficiency, L.Machine, _) => -Math.Log(1.6),
        _ => 0,
    };

    private static bool IsPlain(string block) => block.EndsWith(StackKeys.PlainBlock, StringComparison.Ordinal);
}
