using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory.Components;

/// <summary>
/// The optimizer's states: AdamW's two moments are 8·N in fp32 and 4·N in pure bfloat16, other rules as <see cref="OptimizerCosts"/>
/// counts; divided by the ranks of ZeRO's first stage (Rajbhandari et al. 2020, section 3.1).
/// </summary>
internal sealed class OptimizerStates : MemoryComponent
{
    public override string Key => "optimizer_states";

    public override MemoryPart Part => MemoryPart.OptimizerStates;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before) =>
        (step.Setup.Optimizer.Paged ? 0 : step.OnDevice) * step.MomentBytes
        * OptimizerCosts.Moments(step.Optimizer, step.Shape.BlockShare, step.Shape.Width)
        * step.TrainedOver(step.Setup.OptimizerRanks) / step.Setup.OptimizerRanks;
}

/// <summary>
/// What the optimizer's step needs beyond the peak of the passes: PyTorch's default AdamW works on all parameters at once and holds one
/// temporary the size of a moment (the square root of the second, <c>torch.optim.AdamW</c>, foreach). By then activations, logits and
/// gathered weights are gone, so only the excess counts. A fused optimizer has none, nor has the
/// one of a backward pass in stages, which goes parameter by parameter. DeepSpeed casts its share of the gradients to fp32 first, and
/// before that works out their norm from copies in 64 bits, one gradient of its share at a time.
/// </summary>
/// <remarks>
/// Clipping needs nothing else that counts: norms are a number for each tensor or chunk, and gradients are scaled in place (torch,
/// <c>clip_grad.py</c>: <c>_foreach_norm</c>, <c>_foreach_mul_</c>; FSDP, <c>_get_grad_norm</c>: <c>vector_norm</c> with a dtype; Megatron,
/// <c>clip_grads.py</c>: <c>multi_tensor_l2norm</c>, <c>multi_tensor_scale</c>).
/// </remarks>
internal sealed class OptimizerTemporaries : MemoryComponent
{
    private const double Wide = 4, Double = 8;

    public override string Key => "optimizer_temporaries";

    public override MemoryPart Part => MemoryPart.Overhead;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before)
    {
        if (step.Traits.StagedBackward || step.IsOnHost || step.Setup.Optimizer.InBackward)
            return 0;
        var perParameter = OptimizerCosts.TemporaryBytes(step.Optimizer, step.MomentBytes) + (step.Traits.WideGradientsInStep ? Wide : 0);
        var temporary = (perParameter * step.TrainedOver(step.Setup.OptimizerRanks) / step.Setup.OptimizerRanks)
            + (OptimizerCosts.LargestTemporaryBytes(step.Optimizer) * Math.Min(step.Trained, step.Shape.LargestMatrix));
        if (step.Traits.DoubleGradientsInNorm)
            temporary = Math.Max(temporary, Double * LargestPiece(step));
        var growing = MemoryComponents.Gradients.Whole(step) - before[MemoryComponents.Gradients];
        var gone = StepMemory.Activations(before) + before[MemoryComponents.Logits] + before[MemoryComponents.Gathered]
            + before[MemoryComponents.Copies];
        return Math.Max(0, temporary + growing - gone);
    }

    /// <summary>Elements of the largest gradient of a rank's share: of each parameter, or of all of them laid end to end.</summary>
    private static double LargestPiece(in StepMemory step)
    {
        var largest = step.Shape.LargestParameter / (step.IsFullySharded ? step.Setup.ParameterRanks : 1);
        return Math.Min(largest, step.TrainedOver(step.Setup.OptimizerRanks) / step.Setup.OptimizerRanks);
    }
}
