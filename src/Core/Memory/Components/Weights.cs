namespace SlmPlanner.Core.Memory.Components;

/// <summary>The weights, 2·N or 4·N by the recipe, divided by the ranks of full sharding (Rajbhandari et al. 2020, ZeRO, section 3.1 and 5).</summary>
internal sealed class Weights : MemoryComponent
{
    public override string Key => "weights";

    public override MemoryPart Part => MemoryPart.Parameters;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before) =>
        step.Bytes.Weights * step.Shape.Parameters / step.Setup.ParameterRanks;
}
