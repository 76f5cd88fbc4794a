using SlmPlanner.Core;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Units;

namespace SlmPlanner.Data.Profiles;

/// <summary>
/// The contract of <c>devices/NAME.json</c>: facts of one device, each number with its source. Units as in <see cref="Accelerator"/>.
/// </summary>
public sealed record DeviceFile
{
    private const double Largest = 1e7;

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
    public required SourcedNumber MemoryGib { get; init; }

    /// <summary>Memory bandwidth, 10^9 bytes per second.</summary>
    public SourcedNumber? MemoryBandwidthGbS { get; init; }

    /// <summary>Dense bf16 peak, teraFLOP/s.</summary>
    public SourcedNumber? Bf16Tflops { get; init; }

    /// <summary>Dense fp16 peak with fp32 accumulation, teraFLOP/s.</summary>
    public SourcedNumber? Fp16Tflops { get; init; }

    /// <summary>Dense TF32 peak, teraFLOP/s.</summary>
    public SourcedNumber? Tf32Tflops { get; init; }

    /// <summary>FP32 peak of the ordinary units, teraFLOP/s.</summary>
    public SourcedNumber? Fp32Tflops { get; init; }

    /// <summary>Dense 8-bit float peak, teraFLOP/s.</summary>
    public SourcedNumber? Fp8Tflops { get; init; }

    /// <summary>Dense 4-bit float peak, teraFLOP/s.</summary>
    public SourcedNumber? Fp4Tflops { get; init; }

    /// <summary>Second-level cache, megabytes.</summary>
    public SourcedNumber? L2Mb { get; init; }

    /// <summary>Streaming multiprocessors or compute units.</summary>
    public SourcedNumber? SmCount { get; init; }

    /// <summary>NVLink or Infinity Fabric, GB/s per device, both directions added.</summary>
    public SourcedNumber? NvlinkGbS { get; init; }

    /// <summary>PCI Express generation.</summary>
    public SourcedNumber? PcieGen { get; init; }

    /// <summary>Board power, watts.</summary>
    public SourcedNumber? TdpW { get; init; }

    /// <summary>The numbers by their key in the file, in the file's order, unknown ones left out.</summary>
    public IEnumerable<(string Key, SourcedNumber Number)> Facts()
    {
        (string Key, SourcedNumber? Number)[] all =
        [
            ("memory_gib", MemoryGib), ("memory_bandwidth_gb_s", MemoryBandwidthGbS), ("bf16_tflops", Bf16Tflops),
            ("fp16_tflops", Fp16Tflops), ("tf32_tflops", Tf32Tflops), ("fp32_tflops", Fp32Tflops), ("fp8_tflops", Fp8Tflops),
            ("fp4_tflops", Fp4Tflops),
            ("l2_mb", L2Mb), ("sm_count", SmCount), ("nvlink_gb_s", NvlinkGbS), ("pcie_gen", PcieGen), ("tdp_w", TdpW),
        ];
        return all.Where(fact => fact.Number is not null).Select(fact => (fact.Key, fact.Number!));
    }

    /// <summary>The device that the facts are of. What it can run besides is known of its architecture.</summary>
    internal Accelerator ToAccelerator(ArchitectureFacts architectures) => new()
    {
        Name = Name,
        FormFactor = FormFactor,
        Architecture = Architecture,
        ArchitectureHasFlash = architectures.HasFlash(Architecture),
        MemoryGib = MemoryGib.Value,
        MemoryBandwidthGbS = MemoryBandwidthGbS?.Value,
        Bf16Tflops = Bf16Tflops?.Value,
        Fp16Tflops = Fp16Tflops?.Value,
        Tf32Tflops = Tf32Tflops?.Value,
        Fp32Tflops = Fp32Tflops?.Value,
        Fp8Tflops = Fp8Tflops?.Value,
        Fp4Tflops = Fp4Tflops?.Value,
        L2Mb = L2Mb?.Value,
        SmCount = (int?)SmCount?.Value,
        NvlinkGbS = NvlinkGbS?.Value,
        PcieGen = (int?)PcieGen?.Value,
        TdpW = TdpW?.Value,
    };

    /// <summary>Fails unless every number is positive, dated and names sources that exist.</summary>
    /// <exception cref="InputException">It does not; names file and field.</exception>
    internal void Check(string path, IReadOnlyDictionary<string, SourceNote> sources)
    {
        if (string.IsNullOrWhiteSpace(Name))
            throw new InputException($"{path}, field $.name: is empty");
        foreach (var (key, number) in Facts())
        {
            if (!(number.Value > 0 && number.Value <= Largest))
                throw new InputException(FormattableString.Invariant(
                    $"{path}, field $.{key}.value: {number.Value}, allowed above 0 and at most {Largest}"));
            if (number.Source.Count == 0)
                throw new InputException($"{path}, field $.{key}.source: names no source");
            if (number.Date is null)
                throw new InputException($"{path}, field $.{key}.date: is missing");
            if (number.Source.FirstOrDefault(source => !sources.ContainsKey(source)) is { } unknown)
                throw new InputException($"{path}, field $.{key}.source: '{unknown}' is not in sources.json");
        }
    }
}
