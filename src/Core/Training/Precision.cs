using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Training;

/// <summary>The number format recipe of a training run.</summary>
public enum Precision
{
    /// <summary>32-bit floats everywhere, matrix multiplies on plain FP32 units.</summary>
    [JsonStringEnumMemberName("fp32")] Fp32,

    /// <summary>32-bit storage, matrix multiplies in TensorFloat-32.</summary>
    [JsonStringEnumMemberName("tf32")] Tf32,

    /// <summary>bfloat16 compute with fp32 master weights and moments.</summary>
    [JsonStringEnumMemberName("bf16-mixed")] Bf16Mixed,

    /// <summary>bfloat16 weights, gradients and moments; no fp32 copy.</summary>
    [JsonStringEnumMemberName("bf16-pure")] Bf16Pure,

    /// <summary>float16 compute with loss scaling, fp32 master weights and moments.</summary>
    [JsonStringEnumMemberName("fp16-mixed")] Fp16Mixed,

    /// <summary>8-bit matrix multiplies, the rest as in mixed bfloat16.</summary>
    [JsonStringEnumMemberName("fp8-mixed")] Fp8Mixed,
}

/// <summary>What is common to precisions.</summary>
public static class Precisions
{
    /// <summary>True where activations have four bytes and parameters are multiplied as they are kept; elsewhere they are narrowed first.</summary>
    public static bool IsWide(this Precision precision) => precision is Precision.Fp32 or Precision.Tf32;
}
