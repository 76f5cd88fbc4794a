using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory.Components;

/// <summary>
/// b·s·V times the bytes of the copies alive in the loss. A loss fused with the head works through chunks of about d/V of the tokens
/// (Hsu et al. 2024, Liger Kernel, section 3.2), so that logits and fp32 softmax take b·s·d elements, not b·s·V.
/// </summary>
internal sealed class LossLogits : MemoryComponent
{
    public override string Key => "logits";

    public override MemoryPart Part => MemoryPart.Logits;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before)
    {
        if (step.Traits.Loss == LossKernel.FusedLinear)
            return step.Tokens * Math.Min(step.Shape.Vocab, step.Shape.Width) * (4 + step.Compute);
        var logits = step.Tokens * step.Shape.Vocab * PerLogit(step);
        return step.IsRecomputedInStages ? Math.Max(0, logits - step.OneBlock) : logits;
    }

    private static double PerLogit(in StepMemory step)
    {
        if (step.Setup.Compile)
            return step.Constants.CompiledLogitBytes;
        var element = step.Traits.HalfLogits && !step.Widens ? step.Compute : 4;
        return step.Traits.Loss switch
        {
            LossKernel.Eager => 4 * element,
            LossKernel.Direct => 3 * element,
            LossKernel.VocabParallel => 8,
            _ => 4,
        };
    }
}
