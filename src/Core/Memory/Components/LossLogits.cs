using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory.Components;

/// <summary>
/// b·s·V times the bytes of the copies alive in the loss. A loss fused with the head works through chunks of about d/V of the tokens
/// (Hsu et al. 2024, Liger Kernel, section 3.2), so that logits and fp32 softmax take b·s·d elements, not b·s·V.
/// They are gone when a block is computed again and differentiated, so that only what outgrows that counts.
/// </summary>
internal sealed class LossLogits : MemoryComponent
{
    public override string Key => "logits";

    public override MemoryPart Part => MemoryPart.Logits;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before)
    {
        var logits = step.Tokens * (step.Traits.Loss == LossKernel.FusedLinear
            ? Math.Min(step.Shape.Vocab, step.Shape.Width) * (4 + step.Compute)
            : step.Shape.Vocab * PerLogit(step));
        return Math.Max(0, logits - before[MemoryComponents.Workspace] - (step.RecomputesBlocks ? step.OneBlock : 0));
    }

    private static double PerLogit(in StepMemory step)
    {
        var element = step.Traits.HalfLogits && !step.Widens ? step.Compute : 4;
        var written = step.Traits.Loss switch
        {
            LossKernel.Eager => 4 * element,
            LossKernel.Direct => 3 * element,
            LossKernel.VocabParallel => 8,
            _ => 4,
        };
        return step.Compiles ? Math.Min(step.Constants.CompiledLogitBytes, written) : written;
    }
}
