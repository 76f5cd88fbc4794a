using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory.Components;

/// <summary>Under full recomputation the input of every block, b·s·L·ρ·d (Korthikanti et al. 2022, section 5: 2·s·b·h per block in 16 bits).</summary>
internal sealed class BlockInputs : MemoryComponent
{
    public override string Key => "block_inputs";

    public override MemoryPart Part => MemoryPart.Activations;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before) =>
        step.Setup.Recomputation == Recomputation.Full ? step.Tokens * step.Shape.Layers * step.Residual * step.Shape.Width : 0;
}
