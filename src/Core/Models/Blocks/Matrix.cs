namespace SlmPlanner.Core.Models.Blocks;

/// <summary>What a matrix belongs to: the component under which its parameters and operations are listed.</summary>
internal enum MatrixUse
{
    /// <summary>Into the mixer: queries, keys, values and their latents.</summary>
    MixerIn,

    /// <summary>Out of attention.</summary>
    MixerOut,

    /// <summary>Of a state space or another recurrence.</summary>
    Recurrence,

    /// <summary>Of the feed-forward that every token passes, shared experts included.</summary>
    FeedForward,

    /// <summary>Which expert a token goes to.</summary>
    Router,

    /// <summary>Of the routed experts.</summary>
    Expert,
}

/// <summary>Equal matrices that multiply tokens, without their biases.</summary>
/// <param name="Use">What they belong to.</param>
/// <param name="Inputs">Rows k ≥ 1.</param>
/// <param name="Outputs">Columns n ≥ 1.</param>
/// <param name="Copies">How many there are.</param>
/// <param name="Active">Of how many a token makes use.</param>
internal readonly record struct Matrix(
    MatrixUse Use, long Inputs, long Outputs, long Copies = 1, long Active = 1)
{
    /// <summary>
    /// The part of one of several tensor-parallel ranks: what leads out of the hidden width is divided by columns, what leads back by rows (Shoeybi et al.
    /// 2019, section 3); every rank has the whole router.
    /// </summary>
    /// <param name="ranks">Ranks, ≥ 1.</param>
    /// <param name="width">Hidden width.</param>
    public Matrix Over(int ranks, long width) => Use == MatrixUse.Router ? this
        : Inputs == width ? this with { Outputs = Math.Max(1, Outputs / ranks) } : this with { Inputs = Math.Max(1, Inputs / ranks) };

    /// <summary>Parameters of all copies.</summary>
    public long Parameters => Inputs * Outputs * Copies;

    /// <summary>Parameters of those that one token makes use of.</summary>
    public long ActiveParameters => Inputs * Outputs * Active;
}
