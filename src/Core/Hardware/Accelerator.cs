using System.Text.Json.Serialization;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Hardware;

/// <summary>What the numbers of an accelerator rest on.</summary>
public enum Evidence
{
    /// <summary>The maker's figures. Predictions use the fit of published rows.</summary>
    Datasheet,

    /// <summary>The best that micro-benchmarks reached on one machine. Predictions use that machine's own fit.</summary>
    Calibrated,
}

/// <summary>One accelerator (or CPU): its rates, its memory and what they rest on. Unknown facts are null, never zero.</summary>
public sealed record Accelerator
{
    /// <summary>The canonical name, for example <c>A100-80GB-SXM</c>; other spellings are aliases in data.</summary>
    public required string Name { get; init; }

    /// <summary>What the numbers rest on. A file of a device is a datasheet, the device of a <c>profile.json</c> is calibrated.</summary>
    [JsonIgnore]
    public Evidence Evidence { get; init; }

    /// <summary>The name that its own fit knows a calibrated machine by; null where that is <see cref="Name"/>.</summary>
    [JsonIgnore]
    public string? FittedAs { get; init; }

    /// <summary>The device that several calibrated machines are; null where <see cref="Name"/> is the device's own.</summary>
    [JsonIgnore]
    public string? Kind { get; init; }

    /// <summary>True when FlashAttention has kernels for the architecture.</summary>
    [JsonIgnore]
    public bool ArchitectureHasFlash { get; init; }

    /// <summary>Device memory in GiB, as the driver reports it within a few per cent.</summary>
    public required double MemoryGib { get; init; }

    /// <summary>Memory bandwidth in GB/s (10^9).</summary>
    public double? MemoryBandwidthGbS { get; init; }

    /// <summary>Dense bfloat16 matrix peak with fp32 accumulation, teraFLOP/s; null where the device has none.</summary>
    public double? Bf16Tflops { get; init; }

    /// <summary>Dense float16 matrix peak with fp32 accumulation, teraFLOP/s.</summary>
    public double? Fp16Tflops { get; init; }

    /// <summary>Dense TF32 matrix peak, teraFLOP/s.</summary>
    public double? Tf32Tflops { get; init; }

    /// <summary>FP32 peak of the ordinary units, teraFLOP/s.</summary>
    public double? Fp32Tflops { get; init; }

    /// <summary>Dense 8-bit float matrix peak, teraFLOP/s.</summary>
    public double? Fp8Tflops { get; init; }

    /// <summary>Dense 4-bit float matrix peak, teraFLOP/s.</summary>
    public double? Fp4Tflops { get; init; }

    /// <summary>Streaming multiprocessors (or compute units).</summary>
    public int? SmCount { get; init; }

    /// <summary>NVLink (or Infinity Fabric) bandwidth per device in GB/s, both directions added; null without such a link.</summary>
    public double? NvlinkGbS { get; init; }

    /// <summary>PCI Express generation.</summary>
    public int? PcieGen { get; init; }

    /// <summary>Board power in watts.</summary>
    public double? TdpW { get; init; }

    /// <summary>Second-level cache in megabytes.</summary>
    public double? L2Mb { get; init; }

    /// <summary>Module or card, for example <c>SXM5</c> or <c>PCIe dual slot</c>.</summary>
    public string? FormFactor { get; init; }

    /// <summary>CUDA compute capability or architecture name; says nothing of <see cref="Evidence"/>.</summary>
    public string? Architecture { get; init; }

    /// <summary>Micro-benchmarks of fused attention on a calibrated machine; null for everything that was not calibrated.</summary>
    public IReadOnlyList<FusedAttentionSample>? FusedAttention { get; init; }

    /// <summary>What this machine's own training code keeps in memory; null for everything that was not calibrated.</summary>
    public MachineMemory? Memory { get; init; }

    /// <summary>How fast this machine's ranks exchange data; null for everything that was not calibrated on several ranks.</summary>
    public MachineLink? Link { get; init; }

    /// <summary>
    /// The one table of peaks: dense rate of a recipe's matrix multiplies, teraFLOP/s; null where none is known. No format stands
    /// in for another.
    /// </summary>
    public double? PeakTflops(Precision precision) => precision switch
    {
        Precision.Fp32 => Fp32Tflops,
        Precision.Tf32 => Tf32Tflops,
        Precision.Bf16Mixed or Precision.Bf16Pure => Bf16Tflops,
        Precision.Fp16Mixed => Fp16Tflops,
        Precision.Fp8Mixed or Precision.Mxfp8Mixed => Fp8Tflops,
        Precision.Nvfp4Mixed => Fp4Tflops,
        _ => null,
    };

    /// <summary>True when a rate is known for the recipe's matrix multiplies.</summary>
    public bool Computes(Precision precision) => PeakTflops(precision) is > 0;

    /// <summary>The recipe used when none is asked for: mixed bf16 where the device has it, else mixed fp16, else fp32.</summary>
    public Precision DefaultPrecision() =>
        Computes(Precision.Bf16Mixed) ? Precision.Bf16Mixed
        : Computes(Precision.Fp16Mixed) ? Precision.Fp16Mixed
        : Precision.Fp32;

    /// <summary>True when what every prediction needs is known: a rate of matrix multiplies and the memory's bandwidth.</summary>
    public bool IsPredictable() => MemoryBandwidthGbS is > 0 && Computes(DefaultPrecision());

    /// <summary>True when fused attention can be planned: a calibration measured its kernel, or the architecture has one.</summary>
    public bool HasFlashAttention() => Evidence == Evidence.Calibrated ? FusedAttention is { Count: > 0 } : ArchitectureHasFlash;

    /// <summary>
    /// This device with the rates of a calibration in place of its datasheet's: formats that were not measured have none, since the
    /// coefficients of the machine's fit are relative to measured rates. What a calibration does not measure (memory, links, power) stays.
    /// </summary>
    /// <param name="measured">The device as the calibration describes it.</param>
    public Accelerator Calibrated(Accelerator measured) => this with
    {
        Evidence = Evidence.Calibrated,
        FittedAs = measured.FittedAs ?? measured.Name,
        MemoryBandwidthGbS = measured.MemoryBandwidthGbS,
        Bf16Tflops = measured.Bf16Tflops,
        Fp16Tflops = measured.Fp16Tflops,
        Tf32Tflops = measured.Tf32Tflops,
        Fp32Tflops = measured.Fp32Tflops,
        Fp8Tflops = measured.Fp8Tflops,
        Fp4Tflops = measured.Fp4Tflops,
        FusedAttention = measured.FusedAttention,
        Memory = measured.Memory,
        Link = measured.Link,
    };
}

/// <summary>A micro-benchmark of fused causal attention, forward and backward.</summary>
/// <param name="ElementBytes">Bytes of one element: 4 in fp32, 2 in 16-bit formats.</param>
/// <param name="SeqLen">Queries, and keys, of one head.</param>
/// <param name="HeadDim">Width of a head.</param>
/// <param name="SecondsPerProduct">Seconds over heads · SeqLen² · HeadDim.</param>
public sealed record FusedAttentionSample(int ElementBytes, int SeqLen, int HeadDim, double SecondsPerProduct);
