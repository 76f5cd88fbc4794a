using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Models;

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
