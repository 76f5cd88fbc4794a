namespace SlmPlanner.Core.Memory.Components;

/// <summary>Adam's two moments, 8·N in fp32 and 4·N in pure bfloat16, divided by the ranks of ZeRO's first stage (Rajbhandari et al. 2020, section 3.1).</summary>
internal sealed class OptimizerStates : MemoryComponent
{
    public override string Key => "optimizer_states";

    public override MemoryPart Part => MemoryPart.OptimizerStates;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before) =>
        step.OnDevice * step.Bytes.Moments * step.Shape.Parameters / step.Setup.OptimizerRanks;
}
