using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory.Components;

/// <summary>
/// Weights that full sharding gathers (two blocks and the root, or all), and the gradients of its largest unit before they are scattered
/// (Zhao et al. 2023, PyTorch FSDP, section 3.2.1: the sharded shards plus the largest unit gathered).
/// </summary>
internal sealed class GatheredUnits : MemoryComponent
{
    public override string Key => "gathered_units";

    public override MemoryPart Part => MemoryPart.Communication;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before)
    {
        if (!step.IsFullySharded)
            return 0;
        var shape = step.Shape;
        var unit = step.Trained == 0 ? 0 : Math.Min(shape.LocalParameters, Math.Max(shape.RootParameters, 2 * shape.BlockParameters));
        return step.GatheredElement * (Gathered(step) + unit);
    }

    /// <summary>Bytes of a forward pass alone, which has no gradients to scatter.</summary>
    public static double InForward(in StepMemory step) => step.IsFullySharded ? step.GatheredElement * Gathered(step) : 0;

    private static double Gathered(in StepMemory step)
    {
        var shape = step.Shape;
        return !step.Setup.ReshardAfterForward
            ? shape.LocalParameters
            : Math.Min(shape.LocalParameters, shape.RootParameters + (2 * shape.BlockParameters));
    }
}
