using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Models;

/// <summary>The feed-forward network of a block.</summary>
public enum FfnKind
{
    /// <summary>Two matrices (d → f → d) with a pointwise activation: GELU, ReLU, ReLU².</summary>
    [JsonStringEnumMemberName("gelu")] Gelu,

    /// <summary>Three matrices, gate and up (d → f) and down (f → d): SwiGLU, GeGLU.</summary>
    [JsonStringEnumMemberName("swiglu")] Swiglu,
}
