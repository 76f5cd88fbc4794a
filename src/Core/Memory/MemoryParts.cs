namespace SlmPlanner.Core.Memory;

/// <summary>What is common to the parts of a peak.</summary>
public static class MemoryParts
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
