using SlmPlanner.Core.Hardware;

namespace SlmPlanner.Data.Profiles;

/// <summary>The contract of <c>devices/NAME.json</c>: facts of one device, each number with its source. Units as in <see cref="DeviceSpec"/>.</summary>
public sealed record DeviceFile
{
    /// <summary>Version of this format.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>Canonical name.</summary>
    public required string Name { get; init; }

    /// <summary>Module or card, for example <c>SXM5</c>.</summary>
    public string? FormFactor { get; init; }

    /// <summary>CUDA compute capability or architecture name.</summary>
    public string? Architecture { get; init; }

    /// <summary>What a reader of the numbers must know.</summary>
    public string? Note { get; init; }

    /// <summary>What the NVLink number counts.</summary>
    public string? NvlinkNote { get; init; }

    /// <summary>Memory, GiB.</summary>
    public required Datum MemoryGib { get; init; }

    /// <summary>Memory bandwidth, 10^9 bytes per second.</summary>
    public Datum? MemoryBandwidthGbS { get; init; }

    /// <summary>Dense bf16 peak, teraFLOP/s.</summary>
    public Datum? Bf16Tflops { get; init; }

    /// <summary>Dense fp16 peak with fp32 accumulation, teraFLOP/s.</summary>
    public Datum? Fp16Tflops { get; init; }

    /// <summary>Dense TF32 peak, teraFLOP/s.</summary>
    public Datum? Tf32Tflops { get; init; }

    /// <summary>FP32 peak of the ordinary units, teraFLOP/s.</summary>
    public Datum? Fp32Tflops { get; init; }

    /// <summary>Dense 8-bit float peak, teraFLOP/s.</summary>
    public Datum? Fp8Tflops { get; init; }

    /// <summary>Second-level cache, megabytes.</summary>
    public Datum? L2Mb { get; init; }

    /// <summary>Streaming multiprocessors or compute units.</summary>
    public Datum? SmCount { get; init; }

    /// <summary>NVLink or Infinity Fabric, GB/s per device, both directions added.</summary>
    public Datum? NvlinkGbS { get; init; }

    /// <summary>PCI Express generation.</summary>
    public Datum? PcieGen { get; init; }

    /// <summary>Board power, watts.</summary>
    public Datum? TdpW { get; init; }

    /// <summary>The numbers by their key in the file, in the file's order, unknown ones left out.</summary>
    public IEnumerable<(string Key, Datum Datum)> Facts()
    {
        (string Key, Datum? Datum)[] all =
        [
            ("memory_gib", MemoryGib), ("memory_bandwidth_gb_s", MemoryBandwidthGbS), ("bf16_tflops", Bf16Tflops),
            ("fp16_tflops", Fp16Tflops), ("tf32_tflops", Tf32Tflops), ("fp32_tflops", Fp32Tflops), ("fp8_tflops", Fp8Tflops),
            ("l2_mb", L2Mb), ("sm_count", SmCount), ("nvlink_gb_s", NvlinkGbS), ("pcie_gen", PcieGen), ("tdp_w", TdpW),
        ];
        return all.Where(fact => fact.Datum is not null).Select(fact => (fact.Key, fact.Datum!));
    }

    /// <summary>The facts without their sources.</summary>
    public DeviceSpec ToSpec() => new()
    {
        Name = Name,
        FormFactor = FormFactor,
        ComputeCapability = Architecture,
        MemoryGib = MemoryGib.Value,
        MemoryBandwidthGbS = MemoryBandwidthGbS?.Value,
        Bf16Tflops = Bf16Tflops?.Value,
        Fp16Tflops = Fp16Tflops?.Value,
        Tf32Tflops = Tf32Tflops?.Value,
        Fp32Tflops = Fp32Tflops?.Value,
        Fp8Tflops = Fp8Tflops?.Value,
        L2Mb = L2Mb?.Value,
        SmCount = (int?)SmCount?.Value,
        NvlinkGbS = NvlinkGbS?.Value,
        PcieGen = (int?)PcieGen?.Value,
        TdpW = TdpW?.Value,
    };
}
