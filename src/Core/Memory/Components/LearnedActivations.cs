namespace SlmPlanner.Core.Memory.Components;

/// <summary>
/// What learned peaks of the set-up show beyond the other components: a share of the bytes that come and go, since weights and states are
/// counted exactly and what a stack keeps for the backward pass is not. Negative where it keeps less.
/// </summary>
internal sealed class LearnedActivations : MemoryComponent
{
    public override string Key => "learned";

    public override MemoryPart Part => MemoryPart.Activations;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before) => step.Shape.Learned * StepMemory.ComesAndGoes(before);
}
