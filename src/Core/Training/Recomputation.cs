using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Training;

/// <summary>Which activations are dropped in the forward pass and computed again in the backward pass.</summary>
public enum Recomputation
{
    /// <summary>All activations are kept.</summary>
    [JsonStringEnumMemberName("none")] None,

    /// <summary>Attention's core is computed again: scores, softmax, weighted values (Korthikanti et al. 2022, section 5).</summary>
    [JsonStringEnumMemberName("attention")] Attention,

    /// <summary>
    /// Fused attention and every second multiply are kept, the rest is computed again: torchtitan's policy per operation.
    /// </summary>
    [JsonStringEnumMemberName("selective")] Selective,

    /// <summary>Only each block's input is kept; the block's forward pass runs again.</summary>
    [JsonStringEnumMemberName("full")] Full,
}
