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

    /// <summary>
    /// 8-bit matrix multiplies whose scale is shared by blocks of 32 values (OCP microscaling), the rest as in mixed bfloat16.
    /// </summary>
    [JsonStringEnumMemberName("mxfp8-mixed")] Mxfp8Mixed,

    /// <summary>
    /// 4-bit matrix multiplies with scales of 16 values, the rest as in mixed bfloat16. Weight gradients and the first and last blocks are
    /// often kept wider.
    /// </summary>
    [JsonStringEnumMemberName("nvfp4-mixed")] Nvfp4Mixed,
}

/// <summary>What is common to precisions.</summary>
public static class Precisions
{
    /// <summary>
    /// True where activations have four bytes and parameters are multiplied as they are kept; elsewhere they are narrowed first.
    /// </summary>
    public static bool IsWide(this Precision precision) => precision is Precision.Fp32 or Precision.Tf32;

    /// <summary>True where the blocks' multiplies take operands of 8 or 4 bits and all else is as in mixed bfloat16.</summary>
    public static bool IsNarrow(this Precision precision) =>
        precision is Precision.Fp8Mixed or Precision.Mxfp8Mixed or Precision.Nvfp4Mixed;
}
