namespace SlmPlanner.Core.Memory.Components;

/// <summary>
/// Gradients of activations that are alive while a block is differentiated, beside what it keeps: a fitted multiple of those of the
/// feed-forward and of two of the residual stream; or, where that is more, the gradients of softmax's output and input of explicit scores,
/// less the feed-forward's activations, which are gone when the backward pass comes to attention. Where sharded weights are frozen, the
/// hook that frees them keeps the gradient of every block's input (<c>register_multi_grad_hook</c> in FSDP's <c>_runtime_utils.py</c>):
/// inferred from rows, which rise by that much. Logits are gone by then.
/// </summary>
internal sealed class BackwardWorkspace : MemoryComponent
{
    public override string Key => "backward_workspace";

    public override MemoryPart Part => MemoryPart.Activations;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before) =>
        !step.Shape.HasBackward ? 0
        : (step.Tokens * Math.Max(InFeedForward(step), InAttention(step))) + (step.IsFullySharded && step.Setup.Tuning.HasAdapters
            ? step.Tokens * step.Shape.Layers * step.Compute * step.Shape.ResidualWidth
            : 0);

    private static double InFeedForward(in StepMemory step) => step.Constants.BackwardShare
        * (MemoryComponents.FeedForward.GradientsPerToken(step) + (2 * step.Residual * step.Shape.ResidualWidth));

    private static double InAttention(in StepMemory step) =>
        MemoryComponents.Scores.GradientsPerToken(step) - MemoryComponents.FeedForward.PerToken(step);
}
