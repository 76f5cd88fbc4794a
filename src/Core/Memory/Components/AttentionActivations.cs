namespace SlmPlanner.Core.Memory.Components;

/// <summary>
/// Queries, keys, values and attention's output, e·(2a + 2k)·h per token and block, and a byte of mask per element of two dropouts
/// (Korthikanti et al. 2022, section 4.1). Norms of queries and keys save their inputs once more without a compiler.
/// </summary>
internal sealed class AttentionActivations : MemoryComponent
{
    public override string Key => "attention";

    public override MemoryPart Part => MemoryPart.Activations;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before) => step.Tokens * step.KeptBlocks * PerToken(step);

    /// <summary>Bytes per token of one block.</summary>
    public double PerToken(in StepMemory step)
    {
        var elements = 2 * (step.Shape.Query + step.Shape.KeyValue);
        if (step.Shape.QueryKeyNorm && !step.Setup.Compile)
            elements += step.Shape.Query + step.Shape.KeyValue;
        return (step.Compute * elements) + (step.Shape.Dropout ? 2 * step.Shape.Width : 0);
    }
}
