namespace SlmPlanner.Core.Memory.Components;

/// <summary>The separate fp32 copy of 16-bit weights, 4·N, divided as the optimizer's states are (Rajbhandari et al. 2020, section 3.1).</summary>
internal sealed class MasterWeights : MemoryComponent
{
    public override string Key => "master_weights";

    public override MemoryPart Part => MemoryPart.MasterWeights;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before) =>
        step.OnDevice * step.Bytes.Master * step.Shape.Parameters / step.Setup.OptimizerRanks;
}
