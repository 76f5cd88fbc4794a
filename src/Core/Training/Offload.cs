using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Training;

/// <summary>What waits in the host's memory between the forward and the backward pass.</summary>
public enum Offload
{
    /// <summary>Nothing.</summary>
    [JsonStringEnumMemberName("none")] None,

    /// <summary>
    /// The inputs of recomputed blocks: each goes to the host when its block is done and comes back before the block is computed again.
    /// </summary>
    [JsonStringEnumMemberName("activations")] Activations,
}
