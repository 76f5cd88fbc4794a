namespace SlmPlanner.Core.Models.Blocks;

/// <summary>
/// Multi-head attention (Vaswani et al. 2017, section 3.2), with fewer key-value heads grouped-query or multi-query attention
/// (Ainslie et al. 2023; Shazeer 2019), over a window where it has one (Beltagy et al. 2020).
/// </summary>
public sealed record SelfAttention : TokenMixer
{
    /// <summary>Query heads ≥ 1.</summary>
    public required int Heads { get; init; }

    /// <summary>Key-value heads, a divisor of <see cref="Heads"/>.</summary>
    public required int KvHeads { get; init; }

    /// <summary>Width of one head.</summary>
    public required int HeadDim { get; init; }

    /// <summary>Tokens that a token sees at most, itself included; null without bound.</summary>
    public int? Window { get; init; }

    /// <summary>True when the query, key and value projections have biases.</summary>
    public bool QkvBias { get; init; }

    /// <summary>True when the output projection has a bias.</summary>
    public bool OutBias { get; init; }

    /// <summary>Normalisation of queries and keys.</summary>
    public QkNormKind QkNorm { get; init; }

    /// <summary>Width that queries, keys and values are projected from; the hidden width where null (Zamba 2 takes twice that).</summary>
    public int? InputWidth { get; init; }

    /// <summary>True where keys and values are those of a block before it, so that it has no projections for them.</summary>
    public bool SharesKeysAndValues { get; init; }

    /// <summary>True where a gate of the queries' width is projected too and multiplies the result (Qwen 3 Next).</summary>
    public bool OutputGate { get; init; }

    private long Query => (long)Heads * HeadDim;

    private long KeyValue => (long)KvHeads * HeadDim;

    private long OwnKeyValue => SharesKeysAndValues ? 0 : KeyValue;

    internal override AttentionCore? Core => new(Query, Query, OwnKeyValue, OwnKeyValue, Heads, HeadDim, Window);

    internal override double LatentElements => OutputGate ? 2 * Query : 0;

    internal override IEnumerable<Matrix> Matrices(int width)
    {
        yield return new(MatrixUse.MixerIn, InputWidth ?? width, Query * (OutputGate ? 2 : 1) + 2 * OwnKeyValue);
        yield return new(MatrixUse.MixerOut, Query, width);
    }

    /// <summary>The second of each two in the order query, <em>key</em>, value, <em>output</em>.</summary>
    internal override IEnumerable<Matrix> Again(int width)
    {
        if (OwnKeyValue > 0)
            yield return new(MatrixUse.MixerIn, InputWidth ?? width, OwnKeyValue);
        yield return new(MatrixUse.MixerOut, Query, width);
    }

    internal override long Biases(int width) =>
        (QkvBias ? Query * (OutputGate ? 2 : 1) + 2 * OwnKeyValue : 0) + (OutBias ? width : 0);

    internal override long InnerNorms(NormStyle norm) => QkNorm switch
    {
        QkNormKind.PerHead => (SharesKeysAndValues ? 1 : 2) * norm.Parameters(HeadDim),
        QkNormKind.Full => norm.Parameters(Query + OwnKeyValue),
        _ => 0,
    };
}
