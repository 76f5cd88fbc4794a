using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Models.Blocks;

/// <summary>What mixes tokens with each other in a block: attention, or a recurrence.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(SelfAttention), "attention")]
[JsonDerivedType(typeof(LatentAttention), "latent_attention")]
[JsonDerivedType(typeof(StateSpace), "state_space")]
[JsonDerivedType(typeof(SelectiveScan), "selective_scan")]
[JsonDerivedType(typeof(LinearRecurrence), "linear_recurrence")]
public abstract record TokenMixer
{
    /// <summary>Matrices that multiply each token.</summary>
    internal abstract IEnumerable<Matrix> Matrices(int width);

    /// <summary>Those that torchtitan's policy per operation computes again: the second of each two multiplies of a block.</summary>
    internal abstract IEnumerable<Matrix> Again(int width);

    /// <summary>Biases and other vectors.</summary>
    internal abstract long Biases(int width);

    /// <summary>Normalisations inside, of queries, keys and latents.</summary>
    internal abstract long InnerNorms(NormStyle norm);

    /// <summary>Scores and weighted values; null where there are none.</summary>
    internal virtual AttentionCore? Core => null;

    /// <summary>Operations per token and forward pass of the recurrence itself, beside its matrices; 0 in attention.</summary>
    internal virtual double StateFlops => 0;

    /// <summary>Elements per token that the recurrence keeps for the backward pass: its inputs and outputs; 0 in attention.</summary>
    internal virtual double StateElements => 0;

    /// <summary>Elements per token that attention keeps beside queries, keys, values and its result: latents.</summary>
    internal virtual double LatentElements => 0;
}

/// <summary>Which normalisation a model has.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="HasBias">True when layer normalisation has a shift.</param>
internal readonly record struct NormStyle(NormKind Kind, bool HasBias)
{
    /// <summary>Parameters of one over so many elements.</summary>
    public long Parameters(long width) => Kind switch
    {
        NormKind.LayerNorm => HasBias ? 2 * width : width,
        NormKind.RmsNorm => width,
        _ => 0,
    };
}

/// <summary>What the scores and the weighted values of one block cost.</summary>
/// <param name="QueryWidth">Width of all queries.</param>
/// <param name="ValueWidth">Width of all results: heads times the width of a value.</param>
/// <param name="KeyWidth">Width of all keys that are kept.</param>
/// <param name="KeptValueWidth">Width of all values that are kept.</param>
/// <param name="Heads">Query heads.</param>
/// <param name="HeadDim">Width of one query.</param>
/// <param name="Window">Tokens that a token sees at most, itself included; null without bound.</param>
internal readonly record struct AttentionCore(
    double QueryWidth, double ValueWidth, double KeyWidth, double KeptValueWidth, double Heads, double HeadDim, int? Window)
{
    /// <summary>Mean of the widths of queries and results: the width that scores and weighted values cost.</summary>
    public double ScoreWidth => (QueryWidth + ValueWidth) / 2;

    /// <summary>
    /// Tokens that a token sees on average, doubled when only the past is seen, so that half of it is seen: the whole sequence s without a
    /// window, 2·w − w²/s with one of w &lt; s (the first w tokens see half a window, the others a whole one).
    /// </summary>
    public static double SeenTokens(double seqLen, int? window) =>
        window is { } w && w < seqLen ? 2.0 * w - (double)w * w / seqLen : seqLen;
}
