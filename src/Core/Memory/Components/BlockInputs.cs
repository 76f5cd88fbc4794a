using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory.Components;

/// <summary>
/// What recomputed blocks keep. Under full recomputation the input of every block, b·s·L·ρ·d (Korthikanti et al. 2022, section 5:
/// 2·s·b·h per block in 16 bits). Under torchtitan's policy per operation (<c>selective_ac_option = "op"</c>) of every block but the one
/// that is whole: its input, query, value, fused attention's result, the gate's (without a gate the up) multiply, and with a gate the
/// down multiply. Inputs that wait in the host's memory are on the device for two blocks: one that is worked on and one on its way.
/// </summary>
internal sealed class BlockInputs : MemoryComponent
{
    /// <summary>A buffer for the block that is worked on and one for the next.</summary>
    private const double Buffers = 2;

    public override string Key => "block_inputs";

    public override MemoryPart Part => MemoryPart.Activations;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before) => step.Setup.Recomputation switch
    {
        _ when !step.Shape.HasBackward => 0,
        Recomputation.Full when step.Setup.KeepsInputsOnHost => Math.Min(Buffers, step.Blocks) / step.Blocks * Whole(step),
        Recomputation.Full => Whole(step),
        Recomputation.Selective => step.Tokens * (step.Blocks - 1) * Math.Min(PerOperation(step), WholeBlock(step)),
        _ => 0,
    };

    /// <summary>Bytes of the inputs of all blocks, wherever they are.</summary>
    public static double Whole(in StepMemory step) => step.Tokens * step.Blocks * step.Residual * step.Shape.ResidualWidth;

    private static double PerOperation(in StepMemory step)
    {
        var shape = step.Shape;
        return (step.Residual * shape.ResidualWidth)
            + (step.Compute * ((2 * shape.Query) + shape.KeyValue + shape.FeedForward + (shape.Gated ? shape.ResidualWidth : 0)));
    }

    private static double WholeBlock(in StepMemory step) =>
        MemoryComponents.Norms.PerToken(step) + MemoryComponents.Attention.PerToken(step) + MemoryComponents.FeedForward.PerToken(step);
}
