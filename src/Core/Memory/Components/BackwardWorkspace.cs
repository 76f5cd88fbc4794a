namespace SlmPlanner.Core.Memory.Components;

/// <summary>
/// Gradients of activations that are alive while a block is differentiated: a fitted share of the block's activations, the adapters'
/// copies of what they read included. Where sharded weights are frozen, the hook that frees them keeps the gradient of every block's input
/// (<c>register_multi_grad_hook</c> in FSDP's <c>_runtime_utils.py</c>): inferred from rows, which rise by that much. Logits are gone by
/// then.
/// </summary>
internal sealed class BackwardWorkspace : MemoryComponent
{
    public override string Key => "backward_workspace";

    public override MemoryPart Part => MemoryPart.Activations;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before) =>
        (step.Constants.BackwardShare * step.OneBlock) + (step.IsFullySharded && step.Setup.Tuning.HasAdapters
            ? step.Tokens * step.Shape.Layers * step.Compute * step.Shape.ResidualWidth
            : 0);
}
