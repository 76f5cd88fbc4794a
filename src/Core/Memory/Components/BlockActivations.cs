namespace SlmPlanner.Core.Memory.Components;

/// <summary>
/// What the feed-forward saves per token and block: input of the activation and of the last matrix (Korthikanti et al. 2022, section 4.1,
/// MLP). A gate adds its operand, and the sigmoid's product where the activation is no single kernel. Of experts those that a token is sent
/// to count, with the copies of the token that go there and back; where ranks share the experts, as many as the fullest rank has.
/// </summary>
internal sealed class FeedForwardActivations : MemoryComponent
{
    /// <summary>What an expert reads and what it gives, before it is weighed: both are needed for gradients.</summary>
    private const double RoutedTensors = 2;

    public override string Key => "feed_forward";

    public override MemoryPart Part => MemoryPart.Activations;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before) => step.Tokens * step.KeptBlocks * PerToken(step);

    /// <summary>Bytes per token of one block.</summary>
    public double PerToken(in StepMemory step) => (Width(step) * (step.Shape.Gated ? Gated(step) : Plain(step)))
        + (RoutedElements(step) * step.Compute);

    /// <summary>
    /// Bytes per token of the gradients that are alive at once while it is differentiated, less what is let go by then. Written out, a gate
    /// has those of the product, of the activation and of the other operand when the product is gone: two tensors more. A fused
    /// activation writes over its inputs (Liger Kernel, <c>swiglu.py</c>), and one of two matrices gives back its output: one tensor.
    /// GELU in pieces has two on the way.
    /// </summary>
    public double GradientsPerToken(in StepMemory step)
    {
        var isWritten = step.Shape.Gated ? !step.Traits.FusedActivation : step.Traits.PointwiseGelu;
        return Width(step) * (isWritten && !step.Compiles ? 2 : 1) * step.Compute;
    }

    /// <summary>
    /// Bytes per token in a forward pass that keeps nothing: a gate's activation, the other operand and their product; without a gate the
    /// activation's input and output, four tensors at once where GELU is written out.
    /// </summary>
    public static double ForwardPerToken(in StepMemory step)
    {
        var tensors = step.Shape.Gated ? 3 : step.Traits.PointwiseGelu && !step.Compiles ? 4 : 2;
        return step.Compute * ((Width(step) * tensors) + RoutedElements(step));
    }

    private static double RoutedElements(in StepMemory step) =>
        RoutedTensors * step.Shape.RoutedCopies * step.Setup.ExpertLoad * step.Shape.Width;

    private static double Width(in StepMemory step) =>
        step.Shape.FeedForward + (step.Shape.RoutedWidth * (step.Setup.ExpertLoad - 1));

    private static double Gated(in StepMemory step) =>
        step.Compiles ? 2 * step.Compute : ((step.Traits.FusedActivation ? 2 : 3) * step.Compute) + step.Input;

    private static double Plain(in StepMemory step) =>
        step.Compiles ? step.Compute
        : step.Traits.PointwiseGelu ? step.Constants.PointwiseGeluTensors * step.Compute
        : step.Compute + step.Input;
}

/// <summary>
/// Queries, keys, values and attention's output, e·(2a + 2k)·h per token and block, and a byte of mask per element of two dropouts
/// (Korthikanti et al. 2022, section 4.1). Norms of queries and keys save their inputs once more without a compiler. Latents of latent
/// attention and what recurrences read and write count beside.
/// </summary>
internal sealed class AttentionActivations : MemoryComponent
{
    public override string Key => "attention";

    public override MemoryPart Part => MemoryPart.Activations;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before) => step.Tokens * step.KeptBlocks * PerToken(step);

    /// <summary>Bytes per token of one block.</summary>
    public double PerToken(in StepMemory step)
    {
        var elements = 2 * (step.Shape.Query + step.KeptKeyValue) + step.Shape.StateElements;
        if (step.Shape.QueryKeyNorm && !step.Compiles)
            elements += step.Shape.Query + step.Shape.KeyValue;
        return (step.Compute * elements) + (step.Shape.Dropout ? 2 * step.Shape.ResidualWidth : 0);
    }

    /// <summary>Bytes per token in a forward pass that keeps nothing: no masks, and no input of a norm of queries or keys.</summary>
    public static double ForwardPerToken(in StepMemory step) =>
        step.Compute * ((2 * (step.Shape.Query + step.KeptKeyValue)) + step.Shape.StateElements);
}

/// <summary>
/// What norms save, b·s·n·(ρ + e)·d per block for n norms, and the final one (Korthikanti et al. 2022, section 4.1, layer norm).
/// A compiler saves the input alone; a root-mean-square norm written out also saves an fp32 copy and the scaled one, a layer norm written
/// out what is centred and what is scaled, both as wide as the input.
/// </summary>
internal sealed class NormActivations : MemoryComponent
{
    public override string Key => "norms";

    public override MemoryPart Part => MemoryPart.Activations;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before) =>
        step.Tokens * ((step.KeptBlocks * PerToken(step)) + ((step.NormInput + step.Compute) * step.Shape.FinalWidth));

    /// <summary>Bytes per token of one block.</summary>
    public double PerToken(in StepMemory step) => step.Shape.NormsPerLayer * step.Shape.ResidualWidth
        * (step.Compiles ? step.NormInput
            : step.Shape.EagerNorms ? 4 + (2 * step.Compute)
            : step.Shape.WrittenLayerNorms ? (3 * step.NormInput) + step.Input
            : step.NormInput + step.Input);
}
