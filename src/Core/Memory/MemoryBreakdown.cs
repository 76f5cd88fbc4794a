using SlmPlanner.Core.Units;

namespace SlmPlanner.Core.Memory;

/// <summary>Peak device memory of one rank by component. Components add up to the peak.</summary>
/// <param name="Parameters">Weights in the compute precision (gathered or resident).</param>
/// <param name="Gradients">Gradients, sharded or not.</param>
/// <param name="MasterWeights">fp32 copy of the weights, where the recipe has one.</param>
/// <param name="OptimizerStates">Adam's two moments.</param>
/// <param name="Activations">What the forward pass keeps for the backward pass, attention scores included.</param>
/// <param name="Logits">Logits, their fp32 copy and gradient.</param>
/// <param name="Communication">Buckets and gather buffers.</param>
/// <param name="Overhead">Framework context, workspaces and allocator slack.</param>
public readonly record struct MemoryBreakdown(
    Bytes Parameters,
    Bytes Gradients,
    Bytes MasterWeights,
    Bytes OptimizerStates,
    Bytes Activations,
    Bytes Logits,
    Bytes Communication,
    Bytes Overhead)
{
    /// <summary>The peak.</summary>
    public Bytes Total =>
        Parameters + Gradients + MasterWeights + OptimizerStates + Activations + Logits + Communication + Overhead;
}
