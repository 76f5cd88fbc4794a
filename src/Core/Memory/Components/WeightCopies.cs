namespace SlmPlanner.Core.Memory.Components;

/// <summary>
/// Autocast's 16-bit copies of fp32 weights, 2·N, alive until the backward pass (PyTorch's weight cache of autocast). Where blocks are
/// recomputed in stages, one unit's copy is alive at a time.
/// </summary>
internal sealed class WeightCopies : MemoryComponent
{
    public override string Key => "weight_copies";

    public override MemoryPart Part => MemoryPart.Parameters;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before) => step.CastBytes
        * (step.IsRecomputedInStages ? Math.Max(step.Shape.BlockParameters, step.Shape.RootParameters) : step.Shape.Parameters);
}
