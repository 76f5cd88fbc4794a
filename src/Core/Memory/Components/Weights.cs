namespace SlmPlanner.Core.Memory.Components;

/// <summary>
/// The weights, 2·N or 4·N by the recipe where they are trained and in the base's bits where they are frozen, divided by the ranks of full
/// sharding (Rajbhandari et al. 2020, ZeRO, section 3.1 and 5).
/// </summary>
internal sealed class Weights : MemoryComponent
{
    public override string Key => "weights";

    public override MemoryPart Part => MemoryPart.Parameters;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before) =>
        ((step.Bytes.Weights * step.TrainedOver(step.Setup.ParameterRanks)) + FrozenBytes(step)) / step.Setup.ParameterRanks;

    /// <summary>
    /// Frozen weights: those of blocks in their bits, tables in 16 bits.
    /// </summary>
    private static double FrozenBytes(in StepMemory step)
    {
        if (!step.Setup.Tuning.Freezes)
            return 0;
        var frozen = step.FrozenOver(step.Setup.ParameterRanks);
        var tables = Math.Min(frozen, step.Shape.RootParameters);
        return (2 * tables) + (step.Setup.Tuning.FrozenBytes * (frozen - tables));
    }
}

/// <summary>
/// Autocast's 16-bit copies of fp32 weights, 2·N, alive until the backward pass (PyTorch's weight cache of autocast). Where blocks are
/// recomputed in stages, one unit's copy is alive at a time.
/// </summary>
internal sealed class WeightCopies : MemoryComponent
{
    public override string Key => "weight_copies";

    public override MemoryPart Part => MemoryPart.Parameters;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before) => step.CastBytes
        * (step.IsRecomputedInStages ? Math.Max(step.Shape.BlockParameters, step.Shape.RootParameters) : step.Shape.LocalParameters);
}

/// <summary>
/// The separate fp32 copy of 16-bit weights, 4·N, divided as the optimizer's states are (Rajbhandari et al. 2020, section 3.1).
/// </summary>
internal sealed class MasterWeights : MemoryComponent
{
    public override string Key => "master_weights";

    public override MemoryPart Part => MemoryPart.MasterWeights;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before) =>
        step.OnDevice * step.Bytes.Master * step.TrainedOver(step.Setup.OptimizerRanks) / step.Setup.OptimizerRanks;
}
