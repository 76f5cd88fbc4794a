using SlmPlanner.Core.Fitting;
using C = SlmPlanner.Core.Time.StepCoefficient;
using L = SlmPlanner.Core.Time.GroupLevel;

namespace SlmPlanner.Core.Time.Terms;

/// <summary>Norms, activations, residuals, rotary positions: bytes over bandwidth, forward and backward.</summary>
internal sealed class MemoryBoundTerm : StepTerm
{
    /// <summary>Memory-bound work per feed-forward element over that per hidden element: one activation against norms and residuals.</summary>
    private const double FfnElementShare = 0.3;

    /// <inheritdoc/>
    public override string Key => "memory_bound";

    /// <inheritdoc/>
    public override string Formula => "g · `BlockPasses`·e·m·(d + 0.3·f·inputs)·L/bandwidth";

    /// <inheritdoc/>
    public override string Source => "bytes counted in the Hugging Face Llama and GPT-2 modules and in the calibrator's own blocks";

    /// <summary>
    /// Eager models written as single tensor operations move about 500 bytes per hidden element and layer (fp32 norms, rotary, activation
    /// and their gradients), some nine times what fused kernels move; compilers fuse a little more yet. In its forward pass a plain block
    /// (LayerNorm in one kernel, no rotary) moves 22 elements per hidden element where the calibrator's gated one moves 55, which the
    /// equation counts as 2.2 against 2.6.
    /// </summary>
    public override IReadOnlyList<CoefficientPrior> Coefficients { get; } =
    [
        new(C.BlockPasses, 20, 0.7,
            [
                new(L.Kernels, 0.3), new(L.Stack, 0.3), new(L.Family, 0.2), new(L.Architecture, 0.15), new(L.Recipe, 0.2), new(L.Machine, 1.5),
                new(L.MachinePrecision, 0.7), new(L.MachineBlock, 0.3), new(L.MachineRanks, 0.3),
            ])
        {
            Start = (level, key) => (level, key) switch
            {
                (L.Kernels, "eager") => 2.2,
                (L.Kernels, "compiled") => -0.4,
                (L.MachineBlock, var block) when block.EndsWith(StackKeys.PlainBlock, StringComparison.Ordinal) => Math.Log(22 / 2.2 / (55 / 2.6)),
                _ => 0,
            },
        },
    ];

    internal override double Seconds(ref StepContext step)
    {
        ref readonly var shape = ref step.Shape;
        step.MemoryBoundForward = step[C.BlockPasses] / StepContext.ForwardAndBackward * step.Device.ElementBytes * step.Tokens
            * (shape.ResidualWidth + FfnElementShare * shape.Ffn * shape.FfnInputs) * shape.Layers / step.Device.BandwidthBytes;
        return step.EveryMicroBatch(StepContext.ForwardAndBackward * step.MemoryBoundForward);
    }
}
