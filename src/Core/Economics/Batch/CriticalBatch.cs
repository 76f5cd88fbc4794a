namespace SlmPlanner.Core.Economics.Batch;

/// <summary>
/// The global batch beyond which more data parallelism buys little: larger batches need more tokens for the same loss,
/// by 1 + B / B_noise (McCandlish et al. 2018, arXiv 1812.06162, eq. 2.7).
/// </summary>
public sealed class CriticalBatch(BatchProfile profile)
{
    /// <summary>The constants in use.</summary>
    public BatchProfile Profile { get; } = profile;

    /// <summary>
    /// Critical batch in tokens for a run of <paramref name="trainingTokens"/> (Zhang et al. 2024, arXiv 2410.21676): it
    /// grows with the data, not with the model. Nothing is known about optimizers other than Adam.
    /// </summary>
    public double Tokens(double trainingTokens) =>
        Profile.SequenceTokens.Value * Profile.SequencesAtOneMillionTokens.Value
        * Math.Pow(trainingTokens / 1e6, Profile.TokenExponent.Value);

    /// <summary>Training tokens at which a batch is the critical one.</summary>
    internal double TokensAt(double batchTokens) =>
        1e6 * Math.Pow(batchTokens / (Profile.SequenceTokens.Value * Profile.SequencesAtOneMillionTokens.Value),
            1 / Profile.TokenExponent.Value);

    /// <summary>Extra tokens that a batch needs while the critical one grows with the tokens seen, from some of them to others.</summary>
    internal double Overhead(double batchTokens, double from, double until)
    {
        var power = 1 - Profile.TokenExponent.Value;
        return Profile.OverheadAtCritical.Value * batchTokens / Tokens(1e6) * 1e6 / power
            * (Math.Pow(until / 1e6, power) - Math.Pow(from / 1e6, power));
    }

    /// <summary>The older view, by the loss reached (Kaplan et al. 2020, arXiv 2001.08361, eq. 1.4), tokens.</summary>
    public double TokensAtLoss(double loss) => Profile.KaplanTokens.Value * Math.Pow(loss, -1 / Profile.KaplanExponent.Value);

    /// <summary>Share of extra tokens that a batch needs for the same loss, over an ideally small batch.</summary>
    public double Overhead(double batchTokens, double trainingTokens) =>
        Profile.OverheadAtCritical.Value * batchTokens / Tokens(trainingTokens);
}
