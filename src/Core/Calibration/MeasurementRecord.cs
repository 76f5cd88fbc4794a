using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Calibration;

/// <summary>
/// One measured (or asked-for) training configuration: the columns of <c>measured.csv</c>, one schema for published rows
/// and for the calibrator's own samples. Null means that the source does not say.
/// </summary>
public sealed record MeasurementRecord
{
    /// <summary>Unique name of the row.</summary>
    public required string Id { get; init; }

    /// <summary>Publication.</summary>
    public string? Source { get; init; }

    /// <summary>Date of the publication, as text.</summary>
    public string? Date { get; init; }

    /// <summary>Software stack in the source's words.</summary>
    public string? Stack { get; init; }

    /// <summary>Model in the source's words.</summary>
    public string? ModelName { get; init; }

    /// <summary>Parameters as the source counts them.</summary>
    public double? Parameters { get; init; }

    /// <summary>Blocks, 1..1000.</summary>
    public required int Layers { get; init; }

    /// <summary>Hidden width, 1..65536.</summary>
    public required int DModel { get; init; }

    /// <summary>Query heads.</summary>
    public int? Heads { get; init; }

    /// <summary>Key-value heads.</summary>
    public int? KvHeads { get; init; }

    /// <summary>Feed-forward width.</summary>
    public int? DFfn { get; init; }

    /// <summary><c>gelu</c>, <c>swiglu</c>, …</summary>
    public string? FfnKind { get; init; }

    /// <summary>Vocabulary.</summary>
    public int? Vocab { get; init; }

    /// <summary>Whether the head shares the embedding table.</summary>
    public bool? TiedEmbeddings { get; init; }

    /// <summary>Tokens per sequence.</summary>
    public required int SeqLen { get; init; }

    /// <summary>Device in the source's words.</summary>
    public required string Gpu { get; init; }

    /// <summary>Devices.</summary>
    public required int Gpus { get; init; }

    /// <summary>Devices per node.</summary>
    public int? GpusPerNode { get; init; }

    /// <summary>Network rate of a node in Gbit/s.</summary>
    public double? InterNodeGbitS { get; init; }

    /// <summary>Number format in the source's words.</summary>
    public string? Precision { get; init; }

    /// <summary>Attention kernel in the source's words.</summary>
    public string? Attention { get; init; }

    /// <summary>Sharding in the source's words.</summary>
    public string? Parallelism { get; init; }

    /// <summary>Sequences per device and forward pass.</summary>
    public int? MicroBatch { get; init; }

    /// <summary>Micro-batches per step.</summary>
    public int? GradAccum { get; init; }

    /// <summary><c>none</c>, <c>selective</c> or <c>full</c>.</summary>
    public string? Recomputation { get; init; }

    /// <summary>Whether a compiler fuses kernels.</summary>
    public bool? Compile { get; init; }

    /// <summary>Measured speed; null for a row to predict.</summary>
    public double? TokensPerSecondPerGpu { get; init; }

    /// <summary>Measured peak memory of one device, bytes.</summary>
    public double? PeakMemoryBytes { get; init; }

    /// <summary>Which peak that is; null where the source does not say.</summary>
    public PeakMemoryKind? PeakMemoryKind { get; init; }

    /// <summary>Memory of the device as the source states it, GiB; null where the datasheet's holds.</summary>
    public double? DeviceMemoryGib { get; init; }

    /// <summary>Whether the run fitted into memory; null where the source tells of a run's speed alone.</summary>
    public bool? Fits { get; init; }

    /// <summary>Why the row must not be used as evidence; null where it may.</summary>
    public string? LeftOut { get; init; }

    /// <summary>What else the source says.</summary>
    public string? Notes { get; init; }
}
