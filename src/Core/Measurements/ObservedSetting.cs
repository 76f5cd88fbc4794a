using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Measurements;

/// <summary>The machine of an observation.</summary>
/// <param name="Gpu">Device in the source's words.</param>
/// <param name="Gpus">Devices, ≥ 1.</param>
/// <param name="GpusPerNode">Devices of one node, ≥ 1.</param>
/// <param name="InterNodeGbitS">Network rate of a node, Gbit/s.</param>
/// <param name="Fingerprint">Tells this machine from others of its kind.</param>
/// <param name="Provider">Who rents it out.</param>
/// <param name="Instance">The provider's instance type.</param>
/// <param name="Region">The provider's region.</param>
/// <param name="MemoryGib">Memory of one device as the source states it, GiB; null where the datasheet's holds.</param>
public sealed record ObservedMachine(
    string Gpu,
    int Gpus,
    int? GpusPerNode = null,
    double? InterNodeGbitS = null,
    string? Fingerprint = null,
    string? Provider = null,
    string? Instance = null,
    string? Region = null,
    double? MemoryGib = null);

/// <summary>The software of an observation.</summary>
/// <param name="Name">Stack in the source's words.</param>
/// <param name="Compile">Whether a compiler fuses kernels.</param>
/// <param name="Versions">Versions of its parts, by the part's name.</param>
public sealed record ObservedSoftware(string? Name = null, bool? Compile = null, IReadOnlyDictionary<string, string>? Versions = null);

/// <summary>The transformer of an observation.</summary>
public sealed record ObservedModel
{
    /// <summary>Model in the source's words.</summary>
    public string? Name { get; init; }

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

    /// <summary>The feed-forward network.</summary>
    public FfnKind? FfnKind { get; init; }

    /// <summary>Vocabulary.</summary>
    public int? Vocab { get; init; }

    /// <summary>Whether the head shares the embedding table.</summary>
    public bool? TiedEmbeddings { get; init; }

    /// <summary>Which blocks have experts; null where none has.</summary>
    public ExpertLayers? Experts { get; init; }

    /// <summary>Which blocks see a window; null where all see every token before theirs.</summary>
    public WindowLayers? Windows { get; init; }
}

/// <summary>How one rank runs a step.</summary>
public sealed record ObservedRecipe
{
    /// <summary>Tokens per sequence, ≥ 1; null where nobody says.</summary>
    public int? SeqLen { get; init; }

    /// <summary>Sequences per device and forward pass, ≥ 1.</summary>
    public int? MicroBatch { get; init; }

    /// <summary>Micro-batches per step, ≥ 1.</summary>
    public int? GradAccum { get; init; }

    /// <summary>Sequences per device of an evaluation between steps, ≥ 0; null where none is told.</summary>
    public int? EvalBatch { get; init; }

    /// <summary>The number format.</summary>
    public Precision? Precision { get; init; }

    /// <summary>True where the source only says "bf16": mixed is usual, but the stack may keep no fp32 copy.</summary>
    public bool MayBePure { get; init; }

    /// <summary>
    /// True where the source says fp16 throughout: the bytes of <see cref="Precision.Bf16Pure"/>, as which it counts, multiplied as fp16;
    /// null elsewhere.
    /// </summary>
    public bool? IsPureFp16 { get; init; }

    /// <summary>Fused or explicit attention.</summary>
    public AttentionKind? Attention { get; init; }

    /// <summary>The attention kernel by name, in lower case: <c>flash2</c>, <c>sdpa</c>, …</summary>
    public string? AttentionKernel { get; init; }

    /// <summary>What the backward pass computes again.</summary>
    public Recomputation? Recomputation { get; init; }

    /// <summary>The optimizer in the source's words.</summary>
    public string? Optimizer { get; init; }

    /// <summary>What those words mean; null where they are none that is known.</summary>
    public Optimizer? Update { get; init; }

    /// <summary>How the loss goes over tokens; null where nothing says that it is not the stack's own way.</summary>
    public LossForm? Loss { get; init; }

    /// <summary>What waits in the host's memory; null where nothing says that anything does.</summary>
    public Offload? Offload { get; init; }

    /// <summary>Which parameters are trained; null where all are.</summary>
    public Tuning? Tuning { get; init; }
}

/// <summary>How the ranks share a step.</summary>
/// <param name="Scheme">The sharding scheme.</param>
/// <param name="Zero1Ranks">Ranks of the groups in which ZeRO-1 divides optimizer states; 0: all ranks are one group.</param>
public sealed record ObservedMesh(Scheme? Scheme = null, int? Zero1Ranks = null);
