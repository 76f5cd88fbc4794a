namespace SlmPlanner.Core.Models.Blocks;

/// <summary>
/// Multi-head latent attention (DeepSeek-AI 2024, DeepSeek-V2, section 2.1): keys and values are projected up from one latent per token,
/// queries from another where <see cref="QueryRank"/> is set; a rotary part of each head stands beside.
/// </summary>
public sealed record LatentAttention : TokenMixer
{
    /// <summary>Heads ≥ 1.</summary>
    public required int Heads { get; init; }

    /// <summary>Width of the queries' latent; null where queries are projected from the hidden state.</summary>
    public int? QueryRank { get; init; }

    /// <summary>Width of the latent of keys and values.</summary>
    public required int KvRank { get; init; }

    /// <summary>Width of the part of a query or key without positions.</summary>
    public required int NopeDim { get; init; }

    /// <summary>Width of the rotary part of a query; the keys of all heads share one.</summary>
    public required int RopeDim { get; init; }

    /// <summary>Width of a value.</summary>
    public required int ValueDim { get; init; }

    /// <summary>True when the projections into the latents and out of attention have biases.</summary>
    public bool Bias { get; init; }

    private long Query => (long)Heads * (NopeDim + RopeDim);

    private long Value => (long)Heads * ValueDim;

    internal override AttentionCore? Core => new(Query, Value, Query, Value, Heads, NopeDim + RopeDim, Window: null);

    internal override double LatentElements => (QueryRank ?? 0) + KvRank + RopeDim;

    internal override IEnumerable<Matrix> Matrices(int width)
    {
        if (QueryRank is { } rank)
        {
            yield return new(MatrixUse.MixerIn, width, rank);
            yield return new(MatrixUse.MixerIn, rank, Query);
        }
        else
        {
            yield return new(MatrixUse.MixerIn, width, Query);
        }
        yield return new(MatrixUse.MixerIn, width, KvRank + RopeDim);
        yield return new(MatrixUse.MixerIn, KvRank, Heads * ((long)NopeDim + ValueDim));
        yield return new(MatrixUse.MixerOut, Value, width);
    }

    /// <summary>The projections up from the latents.</summary>
    internal override IEnumerable<Matrix> Again(int width) => Matrices(width)
        .Where(matrix => matrix.Inputs == KvRank || matrix.Inputs == QueryRank);

    internal override long Biases(int width) => Bias ? (QueryRank ?? 0) + KvRank + RopeDim + width : 0;

    internal override long InnerNorms(NormStyle norm) => norm.Parameters(QueryRank ?? 0) + norm.Parameters(KvRank);
}
