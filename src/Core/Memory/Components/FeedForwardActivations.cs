namespace SlmPlanner.Core.Memory.Components;

/// <summary>
/// What the feed-forward saves per token and block: input of the activation and of the last matrix (Korthikanti et al. 2022, section 4.1,
/// MLP). A gate adds its operand, and the sigmoid's product where the activation is no single kernel.
/// </summary>
internal sealed class FeedForwardActivations : MemoryComponent
{
    public override string Key => "feed_forward";

    public override MemoryPart Part => MemoryPart.Activations;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before) => step.Tokens * step.KeptBlocks * PerToken(step);

    /// <summary>Bytes per token of one block.</summary>
    public double PerToken(in StepMemory step) => step.Shape.FeedForward * (step.Shape.Gated ? Gated(step) : Plain(step));

    private static double Gated(in StepMemory step) =>
        step.Setup.Compile ? 2 * step.Compute : ((step.Traits.FusedActivation ? 2 : 3) * step.Compute) + step.Input;

    private static double Plain(in StepMemory step) =>
        step.Setup.Compile ? step.Compute
        : step.Traits.PointwiseGelu ? step.Constants.PointwiseGeluTensors * step.Compute
        : step.Compute + step.Input;
}
