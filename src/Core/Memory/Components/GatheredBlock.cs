namespace SlmPlanner.Core.Memory.Components;

/// <summary>
/// Under sequence parallelism one block's tokens together while it is computed: the gathered input, its gradient and the output before
/// it is scattered, 3·b·s·d·(1 − 1/T) elements beside the parts that are counted (Korthikanti et al. 2022, section 4.2.2: inputs are kept
/// divided and gathered again).
/// </summary>
internal sealed class GatheredBlock : MemoryComponent
{
    private const double Tensors = 7;

    public override string Key => "gathered_block";

    public override MemoryPart Part => MemoryPart.Communication;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before) =>
        Tensors * step.Tokens * step.Compute * (step.Shape.Width - step.Shape.ResidualWidth);
}
