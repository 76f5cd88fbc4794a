using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Training;

/// <summary>Which activations are dropped in the forward pass and computed again in the backward pass.</summary>
public enum Recomputation
{
    /// <summary>All activations are kept.</summary>
    [JsonStringEnumMemberName("none")] None,

    /// <summary>Attention's inner activations are recomputed (Korthikanti et al. 2022, section 5).</summary>
    [JsonStringEnumMemberName("selective")] Selective,

    /// <summary>Only each block's input is kept; the block's forward pass runs again.</summary>
    [JsonStringEnumMemberName("full")] Full,
}
