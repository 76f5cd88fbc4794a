namespace SlmPlanner.Core.Models;

/// <summary>The shape of a decoder-only transformer: all that parameters, FLOPs, time and memory depend on.</summary>
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

    /// <summary>The parameter count its publisher states, where there is one; checked by tests, never used to compute.</summary>
    public long? PublishedParameters { get; init; }

    /// <summary>Where the shape was read.</summary>
    public string? Source { get; init; }

    /// <summary>When the model was released, <c>yyyy-mm</c>.</summary>
    public string? Date { get; init; }

    /// <summary>
    /// The same model for sequences of <paramref name="seqLen"/> tokens: a learned position table has as many rows as
    /// the training sequence has tokens, as MPT's benchmarks do; nothing else depends on it.
    /// </summary>
    public TransformerShape ForSequence(int seqLen) =>
        Positions == PositionKind.Learned ? this with { MaxPositions = seqLen, PublishedParameters = null } : this;
}
