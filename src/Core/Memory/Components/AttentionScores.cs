using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory.Components;

/// <summary>
/// The s × s scores of explicit attention: b·a·s² times the bytes of softmax, dropout's mask and its output (Korthikanti et al. 2022,
/// section 4.1: 5·a·s²·b in 16 bits). FlashAttention stores none (Dao et al. 2022). Recomputed attention has those of one block at a time.
/// </summary>
internal sealed class AttentionScores : MemoryComponent
{
    public override string Key => "scores";

    public override MemoryPart Part => MemoryPart.Activations;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before) =>
        step.Tokens * PerToken(step) * (step.Setup.Recomputation == Recomputation.None ? step.KeptBlocks : 1);

    /// <summary>Bytes per token of one block.</summary>
    public double PerToken(in StepMemory step) =>
        step.Setup.Attention == AttentionKind.Vanilla ? step.Shape.Heads * step.Setup.SeqLen * PerScore(step) : 0;

    /// <summary>
    /// Gradients of softmax's output and input per token of one block, alive together (PyTorch, <c>_softmax_backward_data</c> reads the one
    /// and writes the other, in softmax's format; a compiler's kernel converts on the way).
    /// </summary>
    public double GradientsPerToken(in StepMemory step) => step.Setup.Attention == AttentionKind.Vanilla
        ? step.Shape.Heads * step.Setup.SeqLen * 2 * (step.Compiles ? step.Compute : SoftmaxElement(step)) : 0;

    /// <summary>Bytes per token of one block in a forward pass that keeps nothing: softmax's input beside what it makes.</summary>
    public double ForwardPerToken(in StepMemory step) => step.Setup.Attention == AttentionKind.Vanilla
        ? step.Shape.Heads * step.Setup.SeqLen * (step.Compute + Softmax(step)) : 0;

    /// <summary>Softmax; with dropout its mask and output.</summary>
    private static double PerScore(in StepMemory step) => step.Shape.Dropout ? Softmax(step) + 1 + step.Compute : Softmax(step);

    /// <summary>Softmax in fp32 and its cast, or in the compute format.</summary>
    private static double Softmax(in StepMemory step)
    {
        var element = SoftmaxElement(step);
        return element > step.Compute ? element + step.Compute : element;
    }

    /// <summary>Bytes of an element in softmax's format.</summary>
    private static double SoftmaxElement(in StepMemory step) => step.Traits.HalfSoftmax && !step.Widens ? step.Compute : 4;
}
