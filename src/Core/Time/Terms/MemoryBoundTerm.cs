using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Models;
using C = SlmPlanner.Core.Time.StepCoefficient;
using L = SlmPlanner.Core.Time.GroupLevel;

namespace SlmPlanner.Core.Time.Terms;

/// <summary>Norms, activations, residuals, rotary positions: bytes over bandwidth, forward and backward.</summary>
internal sealed class MemoryBoundTerm : StepTerm
{
    /// <summary>Backward over forward work, as passes are counted.</summary>
    private const double Backward = StepContext.ForwardAndBackward - 1;

    /// <inheritdoc/>
    public override string Key => "memory_bound";

    /// <inheritdoc/>
    public override string Formula => "g · (`BlockPasses`·e·m·(d + 0.3·f·inputs)·L + `RecurrencePasses`·e·m·state elements)/bandwidth; "
        + "experts add 0.6·k·d per block";

    /// <inheritdoc/>
    public override string Source => "bytes counted in the Hugging Face Llama and GPT-2 modules and in the calibrator's own blocks";

    /// <summary>
    /// Eager models written as single tensor operations move about 500 bytes per hidden element and layer (fp32 norms, rotary, activation
    /// and their gradients), some nine times what fused kernels move; compilers fuse a little more yet. In its forward pass a plain block
    /// (LayerNorm in one kernel, no rotary) moves 22 elements per hidden element where the calibrator's gated one moves 55, which the
    /// equation counts as 2.2 against 2.6. Of recurrences no row was measured: 20 passes over their inputs and results, forward and
    /// backward, are assumed, within a factor of about 3.
    /// </summary>
    public override IReadOnlyList<CoefficientPrior> Coefficients { get; } =
    [
        new(C.BlockPasses, 20, 0.44,
            [
                new(L.Kernels, 0.37), new(L.BlockStyle, 0.11), new(L.Stack, 0.32), new(L.Family, 0.33), new(L.Architecture, 0.14),
                new(L.Recipe, 0.35), new(L.Machine, 1.5),
                new(L.MachinePrecision, 0.7), new(L.MachineBlock, 0.3), new(L.MachineRanks, 0.3),
            ])
        {
            Start = (level, key) => (level, key) switch
            {
                (L.Kernels, "eager") => 2.2,
                (L.Kernels, "compiled" or "xla" or "native") => -0.4,
                (L.BlockStyle, "eager plain") => Math.Log(22 / 2.2 / (55 / 2.6)),
                (L.MachineBlock, var block) when block.EndsWith(StackKeys.PlainBlock, StringComparison.Ordinal) =>
                Math.Log(22 / 2.2 / (55 / 2.6)),
                _ => 0,
            },
        },
        new(C.RecurrencePasses, 20, 1.2),
    ];

    internal override double Seconds(ref StepContext step)
    {
        ref readonly var shape = ref step.Shape;
        var passes = step[C.BlockPasses] / StepContext.ForwardAndBackward * step.Device.ElementBytes * step.Tokens;
        step.MemoryBoundForward = shape.Mixed is { } mixed
            ? passes * mixed.MovedElements / step.Device.BandwidthBytes + Recurrences(ref step, mixed)
            : passes * (shape.ResidualWidth + MixedBlocks.FfnElementShare * shape.Ffn * shape.FfnInputs) * shape.Layers
            / step.Device.BandwidthBytes;
        return step.EveryMicroBatch(step.Trained.Passes(Backward) * step.MemoryBoundForward);
    }

    /// <summary>
    /// Forward seconds of state spaces and other recurrences: what they read and write, and their operations at the rate of multiplies.
    /// </summary>
    private static double Recurrences(ref StepContext step, MixedBlocks mixed) => mixed.StateElements == 0 ? 0 : step.Tokens * (
        step[C.RecurrencePasses] / StepContext.ForwardAndBackward * step.Device.ElementBytes * mixed.StateElements
        / step.Device.BandwidthBytes
        + mixed.StateFlops * step[C.MatmulInverseEfficiency] / step.Device.WideFlops);
}
