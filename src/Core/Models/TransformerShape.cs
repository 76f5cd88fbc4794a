using System.Text.Json.Serialization;
using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Core.Models;

/// <summary>
/// The shape of a decoder: all that parameters, FLOPs, time and memory depend on. Where its blocks differ from each other, or are more than
/// heads and one feed-forward, <see cref="Sequence"/> has them, and the members for heads and feed-forward describe the most frequent one.
/// </summary>
public sealed record TransformerShape
{
    /// <summary>The name shown to people, for example <c>slm-1b</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Blocks, L ≥ 1.</summary>
    public required int Layers { get; init; }

    /// <summary>Hidden width d ≥ 1.</summary>
    public required int DModel { get; init; }

    /// <summary>Query heads a ≥ 1.</summary>
    public required int Heads { get; init; }

    /// <summary>Key-value heads, a divisor of <see cref="Heads"/>; fewer than Heads is grouped-query attention.</summary>
    public required int KvHeads { get; init; }

    /// <summary>Width of one head; d / a unless the model says otherwise.</summary>
    public required int HeadDim { get; init; }

    /// <summary>Feed-forward width f ≥ 1.</summary>
    public required int DFfn { get; init; }

    /// <summary>Two-matrix or gated feed-forward.</summary>
    public required FfnKind FfnKind { get; init; }

    /// <summary>Vocabulary size V ≥ 1, as the embedding table has it (padding included).</summary>
    public required int Vocab { get; init; }

    /// <summary>True when the output head shares the embedding table.</summary>
    public required bool TiedEmbeddings { get; init; }

    /// <summary>How positions enter.</summary>
    public PositionKind Positions { get; init; } = PositionKind.Rotary;

    /// <summary>Longest sequence; the rows of a learned position table.</summary>
    public int MaxPositions { get; init; } = 2048;

    /// <summary>The kind of normalisation.</summary>
    public NormKind Norm { get; init; } = NormKind.RmsNorm;

    /// <summary>Normalisations per block: 2 in pre-norm blocks, 1 where attention and feed-forward share one (Phi), 4 in Gemma 2.</summary>
    public int NormsPerLayer { get; init; } = 2;

    /// <summary>True when the query, key and value projections have biases.</summary>
    public bool QkvBias { get; init; }

    /// <summary>True when attention's output projection has a bias.</summary>
    public bool AttentionOutBias { get; init; }

    /// <summary>True when the feed-forward matrices have biases.</summary>
    public bool FfnBias { get; init; }

    /// <summary>True when the output head has a bias (Phi).</summary>
    public bool HeadBias { get; init; }

    /// <summary>True when layer normalisation has a shift (false for MPT's bias-free norms).</summary>
    public bool NormBias { get; init; } = true;

    /// <summary>Normalisation of queries and keys.</summary>
    public QkNormKind QkNorm { get; init; }

    /// <summary>The blocks, where the members above can't say them; null where all are equal and those do.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BlockSequence? Sequence { get; init; }

    /// <summary>
    /// Width of the embedding table where it is factorised (OPT-350m): a projection leads to the hidden width, and one back before the
    /// head.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? EmbeddingWidth { get; init; }

    /// <summary>Rows of a learned position table beyond <see cref="MaxPositions"/>: 2 in OPT.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int PositionOffset { get; init; }

    /// <summary>True of models that have no normalisation after the last block (GPT, OPT-350m).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool LacksFinalNorm { get; init; }

    /// <summary>Parameters of no block that no multiply uses: a norm of the embedding (BLOOM), embeddings per layer (Gemma 3n).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long OtherParameters { get; init; }

    /// <summary>The parameter count its publisher states, where there is one; checked by tests, never used to compute.</summary>
    public long? PublishedParameters { get; init; }

    /// <summary>Where the shape was read.</summary>
    public string? Source { get; init; }

    /// <summary>
    /// The configuration's type where it is not known and the shape was read by its members; null where the type is known.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AssumedFrom { get; init; }

    /// <summary>Members of a multimodal configuration that are no part of the shape: its other towers; null where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LeftOut { get; init; }

    /// <summary>When the model was released, <c>yyyy-mm</c>.</summary>
    public string? Date { get; init; }

    /// <summary>The blocks from the first to the last.</summary>
    [JsonIgnore]
    public BlockSequence Blocks => Sequence ?? new(UsualBlock, Layers);

    /// <summary>True where a block has experts: active and total parameters differ.</summary>
    [JsonIgnore]
    public bool HasExperts => Sequence?.Any(run => run.Block.FeedForward is Experts) ?? false;

    /// <summary>True where a block has a state space or another recurrence.</summary>
    [JsonIgnore]
    public bool HasRecurrence => Sequence?.Any(run => run.Block.Mixers.Any(mixer => mixer.Core is null)) ?? false;

    /// <summary>The block that the members for heads and feed-forward describe.</summary>
    [JsonIgnore]
    public Block UsualBlock => new()
    {
        Mixer = new SelfAttention
        {
            Heads = Heads,
            KvHeads = KvHeads,
            HeadDim = HeadDim,
            QkvBias = QkvBias,
            OutBias = AttentionOutBias,
            QkNorm = QkNorm,
        },
        FeedForward = new DenseFeedForward { Width = DFfn, Kind = FfnKind, Bias = FfnBias },
        Norms = NormsPerLayer,
    };

    /// <summary>
    /// The same model for sequences of <paramref name="seqLen"/> tokens: a learned position table has as many rows as
    /// the training sequence has tokens, as MPT's benchmarks do; nothing else depends on it.
    /// </summary>
    public TransformerShape ForSequence(int seqLen) =>
        Positions == PositionKind.Learned ? this with { MaxPositions = seqLen, PublishedParameters = null } : this;
}
