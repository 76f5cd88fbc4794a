using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Models.Blocks;

/// <summary>The feed-forward network of a block.</summary>
public enum FfnKind
{
    /// <summary>Two matrices (d → f → d) with a pointwise activation: GELU, ReLU, ReLU².</summary>
    [JsonStringEnumMemberName("gelu")] Gelu,

    /// <summary>Three matrices, gate and up (d → f) and down (f → d): SwiGLU, GeGLU.</summary>
    [JsonStringEnumMemberName("swiglu")] Swiglu,
}

/// <summary>The normalisation before (or after) attention and feed-forward.</summary>
public enum NormKind
{
    /// <summary>Layer normalisation: scale and, unless biases are off, shift (2d parameters).</summary>
    [JsonStringEnumMemberName("layer_norm")] LayerNorm,

    /// <summary>Root-mean-square normalisation: scale only (d parameters).</summary>
    [JsonStringEnumMemberName("rms_norm")] RmsNorm,

    /// <summary>Normalisation without parameters (OLMo).</summary>
    [JsonStringEnumMemberName("non_parametric")] NonParametric,
}

/// <summary>Normalisation of queries and keys before the scores.</summary>
public enum QkNormKind
{
    /// <summary>None.</summary>
    [JsonStringEnumMemberName("none")] None,

    /// <summary>One set of scales for all heads: 2 · HeadDim parameters per block (Qwen 3, Gemma 3).</summary>
    [JsonStringEnumMemberName("per_head")] PerHead,

    /// <summary>Over the whole projection: (a + a_kv) · HeadDim parameters per block (OLMo 2).</summary>
    [JsonStringEnumMemberName("full")] Full,
}
