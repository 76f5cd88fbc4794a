using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory.Components;

/// <summary>
/// b·s·V times the bytes of the copies alive in the loss. A loss fused with the head works through chunks of about d/V of the tokens
/// (Hsu et al. 2024, Liger Kernel, section 3.2), so that logits and fp32 softmax take b·s·d elements, not b·s·V.
/// They are gone when a block is computed again and differentiated, so that only what outgrows that counts. Where the setup has the loss go
/// over chunks, one chunk's logits stand beside the gradient of the hidden states, and the head's gradient is there from then on.
/// </summary>
internal sealed class LossLogits : MemoryComponent
{
    public override string Key => "logits";

    public override MemoryPart Part => MemoryPart.Logits;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before)
    {
        if (!step.Setup.Loss.IsWhole && step.Traits.Loss != LossKernel.FusedLinear)
            return step.Shape.Vocab > 0 ? InChunks(step, before) : 0;
        var logits = step.Tokens * (step.Traits.Loss == LossKernel.FusedLinear
            ? Math.Min(step.Shape.Vocab, step.Shape.Width) * (4 + step.Compute)
            : step.Shape.Vocab * PerLogit(step));
        return Math.Max(0, logits - GoneBy(step, before));
    }

    private static double GoneBy(in StepMemory step, in MemoryBreakdown before) =>
        before[MemoryComponents.Workspace] + (step.RecomputesBlocks ? step.OneBlock : 0);

    /// <summary>
    /// c·V times the bytes of a logit, b·s·d gradients of the hidden states, and a trained head's gradient as wide as the head: a fused
    /// loss writes a chunk's gradient over its logits and adds it to the head's (Liger Kernel, <c>fused_linear_cross_entropy.py</c>,
    /// <c>grad_input</c>, <c>grad_weight</c>); one that computes chunks again has the copies of the stack's own loss.
    /// </summary>
    private static double InChunks(in StepMemory step, in MemoryBreakdown before)
    {
        var (shape, loss) = (step.Shape, step.Setup.Loss);
        var perLogit = loss.Form == LossForm.Fused ? step.Compute : PerLogit(step);
        var atOnce = (loss.ChunkTokens(step.Tokens, shape.Vocab, shape.Width) * shape.Vocab * perLogit)
            + (step.Tokens * shape.FinalWidth * step.Compute);
        return Math.Max(0, atOnce - GoneBy(step, before)) + (step.Setup.Tuning.Freezes ? 0 : step.GatheredElement * shape.TableParameters);
    }

    /// <summary>
    /// Bytes in a forward pass alone, which makes no gradient of logits. A loss that is fused with the head is not used then: Liger Kernel
    /// makes whole logits unless it trains (<c>skip_logits = self.training and …</c> in its models' <c>lce_forward</c>).
    /// </summary>
    public double InForward(in StepMemory step)
    {
        var (shape, loss) = (step.Shape, step.Setup.Loss);
        var tokens = loss.Form == LossForm.Chunked && shape.Vocab > 0
            ? loss.ChunkTokens(step.Tokens, shape.Vocab, shape.Width) : step.Tokens;
        return tokens * shape.Vocab * ForwardPerLogit(step);
    }

    /// <summary>
    /// The head's output, its fp32 copy unless the loss takes it as it is, and log-softmax (Hugging Face, <c>loss_utils.py</c>:
    /// <c>logits.float()</c>, then <c>cross_entropy</c>; autocast widens it likewise). Megatron's fp32 copy becomes softmax in place, a
    /// kernel in place has a copy as narrow, and a compiler fuses what is written out but for softmax.
    /// </summary>
    private static double ForwardPerLogit(in StepMemory step)
    {
        var element = Element(step);
        var written = step.Traits.Loss switch
        {
            LossKernel.VocabParallel => step.Compute + 4,
            LossKernel.InPlace => 2 * step.Compute,
            _ => element > step.Compute ? step.Compute + (2 * element) : 2 * element,
        };
        return step.Compiles ? Math.Min(step.Compute + 4, written) : written;
    }

    private static double PerLogit(in StepMemory step)
    {
        var element = Element(step);
        var written = step.Traits.Loss switch
        {
            LossKernel.Eager => 4 * element,
            LossKernel.Direct => 3 * element,
            LossKernel.VocabParallel => 8,
            _ => 4,
        };
        return step.Compiles ? Math.Min(step.Constants.CompiledLogitBytes, written) : written;
    }

    /// <summary>Bytes of an element of the logits that the loss reads.</summary>
    private static double Element(in StepMemory step) => step.Traits.HalfLogits && !step.Widens ? step.Compute : 4;
}
