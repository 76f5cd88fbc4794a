namespace SlmPlanner.Core.Memory.Components;

/// <summary>
/// What norms save, b·s·n·(ρ + e)·d per block for n norms, and the final one (Korthikanti et al. 2022, section 4.1, layer norm).
/// A compiler saves the input alone; a root-mean-square norm written out also saves an fp32 copy and the scaled one.
/// </summary>
internal sealed class NormActivations : MemoryComponent
{
    public override string Key => "norms";

    public override MemoryPart Part => MemoryPart.Activations;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before) =>
        step.Tokens * ((step.KeptBlocks * PerToken(step)) + ((step.Residual + step.Compute) * step.Shape.Width));

    /// <summary>Bytes per token of one block.</summary>
    public double PerToken(in StepMemory step) => step.Shape.NormsPerLayer * step.Shape.Width
        * (step.Setup.Compile ? step.Residual : step.Shape.EagerNorms ? 4 + (2 * step.Compute) : step.Residual + step.Input);
}
