using System.Text.Json.Serialization;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Data.Measurements.Bursts;

/// <summary>
/// One training configuration to run for a few steps. <c>swiglu</c> means a Llama-style decoder (RMSNorm, rotary positions,
/// no biases), <c>gelu</c> a GPT-style one (LayerNorm, learned positions, biases). Immutable, and recorded with its result.
/// </summary>
public sealed record BurstSpec
{
    /// <summary>Blocks, ≥ 1.</summary>
    public required int NLayers { get; init; }

    /// <summary>Hidden width, a multiple of <see cref="NHeads"/>.</summary>
    public required int DModel { get; init; }

    /// <summary>Query heads, ≥ 1.</summary>
    public required int NHeads { get; init; }

    /// <summary>Key-value heads, a divisor of <see cref="NHeads"/>.</summary>
    public required int NKvHeads { get; init; }

    /// <summary>Feed-forward width, ≥ 1.</summary>
    public required int DFfn { get; init; }

    /// <summary>Gated (Llama-style decoder) or two-matrix (GPT-style decoder).</summary>
    public required FfnKind FfnKind { get; init; }

    /// <summary>Vocabulary size, ≥ 2.</summary>
    public required int Vocab { get; init; }

    /// <summary>True when the output head shares the embedding table.</summary>
    public required bool TiedEmbeddings { get; init; }

    /// <summary>Which blocks have experts; null where none has.</summary>
    public ExpertLayers? Experts { get; init; }

    /// <summary>Which blocks see a window; null where none does.</summary>
    public WindowLayers? Windows { get; init; }

    /// <summary>Tokens per sequence, ≥ 1.</summary>
    public required int SeqLen { get; init; }

    /// <summary>Sequences per rank and forward pass, ≥ 1.</summary>
    public required int MicroBatch { get; init; }

    /// <summary>Micro-batches per optimizer step, ≥ 1.</summary>
    public required int GradAccum { get; init; }

    /// <summary>Number formats.</summary>
    public required BurstPrecision Precision { get; init; }

    /// <summary>The attention kernel.</summary>
    public required AttentionKind Attention { get; init; }

    /// <summary>What the backward pass computes again.</summary>
    public required Recomputation Recomputation { get; init; }

    /// <summary>How ranks share states; single for one rank.</summary>
    public required BurstParallelism Parallelism { get; init; }

    /// <summary>Measured steps, ≥ 1.</summary>
    public required int Steps { get; init; }

    /// <summary>Steps before measuring, ≥ 0.</summary>
    public required int Warmup { get; init; }

    /// <summary>Seed of weights and tokens.</summary>
    public required int Seed { get; init; }

    /// <summary>Threads of each rank, ≥ 1.</summary>
    public required int Threads { get; init; }

    /// <summary>Width of one head.</summary>
    [JsonIgnore]
    public int HeadDim => DModel / NHeads;

    /// <summary>Tokens of one optimizer step on one rank.</summary>
    [JsonIgnore]
    public long TokensPerStep => (long)SeqLen * MicroBatch * GradAccum;

    /// <summary>The shape that the models of time and memory take.</summary>
    [JsonIgnore]
    public TransformerShape Shape
    {
        get
        {
            var gpt = FfnKind == FfnKind.Gelu;
            return new TransformerShape
            {
                Name = $"L{NLayers} d{DModel} h{NHeads}/{NKvHeads} f{DFfn} V{Vocab}{Pattern}",
                Layers = NLayers,
                DModel = DModel,
                Heads = NHeads,
                KvHeads = NKvHeads,
                HeadDim = HeadDim,
                DFfn = DFfn,
                FfnKind = FfnKind,
                Vocab = Vocab,
                TiedEmbeddings = TiedEmbeddings,
                Positions = gpt ? PositionKind.Learned : PositionKind.Rotary,
                MaxPositions = SeqLen,
                Norm = gpt ? NormKind.LayerNorm : NormKind.RmsNorm,
                QkvBias = gpt,
                AttentionOutBias = gpt,
                FfnBias = gpt,
            }.With(Experts, Windows);
        }
    }

    private string Pattern =>
        (Experts is { } experts ? $" e{experts.PerToken}/{experts.Count}x{experts.Width}" : "")
        + (Windows is { } windows ? $" w{windows.Tokens}" : "");

    /// <summary>The configuration whatever its scheme: what the schemes of a race have in common.</summary>
    public BurstSpec WithoutScheme() => this with { Parallelism = BurstParallelism.OneRank };

    /// <summary>The setup that the models of time and memory take.</summary>
    /// <param name="ranks">Data-parallel ranks, ≥ 1.</param>
    /// <param name="ranksPerHost">Those of one host; all of them where left out.</param>
    public TrainingSetup Setup(int ranks, int? ranksPerHost = null) => new(
        SeqLen, MicroBatch, GradAccum, CoreScheme.On(ranks, ranksPerHost ?? ranks),
        Precision == BurstPrecision.Fp32 ? Core.Training.Precision.Fp32 : Core.Training.Precision.Bf16Mixed,
        Attention, Recomputation, Compile: false);

    /// <summary>The setup on a machine: its measured ranks where the spec needs several, else one.</summary>
    public TrainingSetup SetupOn(Accelerator machine) =>
        Parallelism == BurstParallelism.OneRank || machine.Link is not { } link ? Setup(1) : Setup(link.Ranks, link.RanksPerHost);

    private Scheme CoreScheme => Parallelism switch
    {
        BurstParallelism.Zero1 => Scheme.Zero1,
        BurstParallelism.Zero2 => Scheme.Zero2,
        BurstParallelism.FsdpFull => Scheme.FsdpFull,
        BurstParallelism.Hsdp => Scheme.Hsdp,
        _ => Scheme.Ddp,
    };
}

/// <summary>The number formats that a burst can train in.</summary>
public enum BurstPrecision
{
    /// <summary>32-bit floats everywhere.</summary>
    [JsonStringEnumMemberName("fp32")] Fp32,

    /// <summary>bfloat16 compute, cast block by block from fp32 master weights; fp32 gradients, moments and loss.</summary>
    [JsonStringEnumMemberName("bf16")] Bf16,
}
