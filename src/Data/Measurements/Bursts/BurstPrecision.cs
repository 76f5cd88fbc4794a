using System.Text.Json.Serialization;

namespace SlmPlanner.Data.Measurements.Bursts;

/// <summary>The number formats that a burst can train in.</summary>
public enum BurstPrecision
{
    /// <summary>32-bit floats everywhere.</summary>
    [JsonStringEnumMemberName("fp32")] Fp32,

    /// <summary>bfloat16 compute, cast block by block from fp32 master weights; fp32 gradients, moments and loss.</summary>
    [JsonStringEnumMemberName("bf16")] Bf16,
}
