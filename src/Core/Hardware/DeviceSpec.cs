using SlmPlanner.Core.Memory;

namespace SlmPlanner.Core.Hardware;

/// <summary>Datasheet facts of one accelerator (or CPU). Unknown facts are null, never zero.</summary>
public sealed record DeviceSpec
{
    /// <summary>The canonical name, for example <c>A100-80GB-SXM</c>; other spellings are aliases in data.</summary>
    public required string Name { get; init; }

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

    /// <summary>CUDA compute capability or architecture name.</summary>
    public string? ComputeCapability { get; init; }

    /// <summary>Micro-benchmarks of fused attention on a calibrated machine; null for everything that was not calibrated.</summary>
    public IReadOnlyList<FusedAttentionSample>? FusedAttention { get; init; }

    /// <summary>What this machine's own training code keeps in memory; null for everything that was not calibrated.</summary>
    public MachineMemory? Memory { get; init; }

    /// <summary>How fast this machine's ranks exchange data; null for everything that was not calibrated on several ranks.</summary>
    public MachineLink? Link { get; init; }
}
