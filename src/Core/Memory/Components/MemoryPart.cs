namespace SlmPlanner.Core.Memory.Components;

/// <summary>The parts of a peak that plans list; each component belongs to one.</summary>
public enum MemoryPart
{
    /// <summary>Weights as they are multiplied.</summary>
    Parameters,

    /// <summary>Gradients.</summary>
    Gradients,

    /// <summary>The fp32 copy of the weights, where the recipe has one.</summary>
    MasterWeights,

    /// <summary>Adam's moments.</summary>
    OptimizerStates,

    /// <summary>What the forward pass keeps for the backward pass.</summary>
    Activations,

    /// <summary>Logits and the copies that the loss makes of them.</summary>
    Logits,

    /// <summary>Buckets and gathered weights.</summary>
    Communication,

    /// <summary>
    /// Context, libraries, what the allocator holds beyond live tensors, and what the optimizer's step needs beyond the passes.
    /// </summary>
    Overhead,
}

/// <summary>What is common to the parts of a peak.</summary>
internal static class MemoryParts
{
    /// <summary>Every part under its key in <c>plan.json</c>, in the order in which it is written.</summary>
    public static IReadOnlyList<(MemoryPart Part, string Key)> Keys { get; } =
    [
        (MemoryPart.Parameters, "parameters"),
        (MemoryPart.Gradients, "gradients"),
        (MemoryPart.MasterWeights, "master_weights"),
        (MemoryPart.OptimizerStates, "optimizer_states"),
        (MemoryPart.Activations, "activations"),
        (MemoryPart.Logits, "logits"),
        (MemoryPart.Communication, "communication"),
        (MemoryPart.Overhead, "overhead"),
    ];
}
