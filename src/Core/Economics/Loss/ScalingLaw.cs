using System.Text.Json.Serialization;
using MathNet.Numerics.Distributions;
using SlmPlanner.Core.Models;

namespace SlmPlanner.Core.Economics.Loss;

/// <summary>
/// A parametric scaling law, L(N, D) = E + (A / N^α + B / D^β)^k in nats per token: with k = 1 that of Hoffmann et al. 2022
/// (arXiv 2203.15556, eq. 2), with k free Skaling (arXiv 2608.07222). N counts all parameters, D training tokens. Its constants are
/// data, in <c>profiles/loss</c>.
/// </summary>
public sealed record ScalingLaw
{
    /// <summary>Version of the file format.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>The name that requests use, the file's name.</summary>
    public required string Name { get; init; }

    /// <summary>Paper, table and date.</summary>
    public required string Source { get; init; }

    /// <summary>Corpus and tokenizer that losses are stated on.</summary>
    public required string Corpus { get; init; }

    /// <summary>Size of the vocabulary of the runs behind the law.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>E: the loss of an unbounded model on unbounded data.</summary>
    public required Coefficient E { get; init; }

    /// <summary>A: prefactor of the size term.</summary>
    public required Coefficient A { get; init; }

    /// <summary>B: prefactor of the data term.</summary>
    public required Coefficient B { get; init; }

    /// <summary>α: exponent of the size term.</summary>
    public required Coefficient Alpha { get; init; }

    /// <summary>β: exponent of the data term.</summary>
    public required Coefficient Beta { get; init; }

    /// <summary>k: exponent of both terms together; null for 1.</summary>
    public Coefficient? K { get; init; }

    /// <summary>
    /// Correlation between ln A and α, and between ln B and β, in −1..1. No source prints it; close to 1 in every fit of
    /// a power law far from N = 1, since a steeper curve needs a larger prefactor to pass through the same runs.
    /// </summary>
    public required double PrefactorExponentCorrelation { get; init; }

    /// <summary>Standard deviation of the loss between seeds and data orders, as a share of the loss.</summary>
    public required double SeedSpread { get; init; }

    /// <summary>
    /// Standard deviation of what the law is off on runs held back from its fit, as a share of the loss, where that stands in place of
    /// standard errors of its constants; null where those are stated.
    /// </summary>
    public double? HeldOutSpread { get; init; }

    /// <summary>
    /// Mean absolute error on published end points once one constant offset per corpus is known, as a share of the loss; the mean over
    /// corpora, each row held back in turn, and on the corpus of the fit each series of runs (docs/loss.md).
    /// </summary>
    public double? HeldOutError { get; init; }

    /// <summary>The runs behind the fit.</summary>
    public required ValidRange Range { get; init; }

    /// <summary>Tokens that are there only once, beyond which they repeat; null for as many as are trained on.</summary>
    [JsonIgnore] public Repetition? Repeated { get; init; }

    /// <summary>
    /// N of a model: all its parameters, its embedding table and head counted as if they had the law's vocabulary where
    /// theirs is larger. Rows for more tokens are parameters that each token hardly uses; counted in full, a small model
    /// with a huge vocabulary would seem as good as a much deeper one.
    /// </summary>
    public double ParametersOf(TransformerShape shape)
    {
        var count = ParameterCount.Of(shape);
        var excess = 1 - Math.Min(1, (double)Vocabulary / shape.Vocab);
        return count.Total - excess * (count.Embedding + count.Head);
    }

    /// <summary>
    /// True of models that the law speaks of: its runs had no experts, and no law at hand says what those that a token passes by are worth.
    /// </summary>
    public static bool Knows(TransformerShape shape) => !shape.HasExperts;

    /// <summary>The central loss; no check of the range. Allocates nothing.</summary>
    public double Loss(double parameters, double tokens) => E.Value + Joint(SizeTerm(parameters) + DataTerm(tokens));

    /// <summary>The loss with its interval; null outside the range of the runs behind the law.</summary>
    /// <param name="parameters">All parameters N.</param>
    /// <param name="tokens">Training tokens D.</param>
    /// <param name="confidence">Coverage of the interval, 0.5 to 0.999.</param>
    public LossEstimate? Predict(double parameters, double tokens, double confidence = 0.9) =>
        Range.Covers(new(parameters, tokens)) ? Extrapolate(parameters, tokens, confidence) : null;

    /// <summary>The loss with its interval wherever the formula is defined, range or not.</summary>
    public LossEstimate Extrapolate(double parameters, double tokens, double confidence = 0.9)
    {
        var mean = Loss(parameters, tokens);
        var margin = Normal.InvCDF(0, 1, 0.5 + confidence / 2) * StandardError(parameters, tokens);
        return new(mean, mean - margin, mean + margin);
    }

    /// <summary>
    /// Standard error of the loss: first-order propagation of the constants' standard errors, with
    /// <see cref="PrefactorExponentCorrelation"/> inside each term and none between terms, and the seed spread added.
    /// A constant without a published error counts as exact, so such a law's interval is too narrow.
    /// </summary>
    public double StandardError(double parameters, double tokens)
    {
        var irreducible = E.StandardError ?? 0;
        var slope = JointSlope(SizeTerm(parameters) + DataTerm(tokens));
        var size = slope * SizeTerm(parameters) * RelativeError(A, Alpha, Math.Log(parameters));
        var data = slope * DataTerm(tokens) * RelativeError(B, Beta, Math.Log(Worth(tokens)));
        var (seed, heldOut) = (SeedSpread * Loss(parameters, tokens), (HeldOutSpread ?? 0) * Loss(parameters, tokens));
        return Math.Sqrt(irreducible * irreducible + size * size + data * data + seed * seed + heldOut * heldOut);
    }

    /// <summary>Tokens that bring a model of <paramref name="parameters"/> to <paramref name="loss"/>; null when no amount does.</summary>
    public double? TokensFor(double parameters, double loss)
    {
        var dataTerm = TermsAt(loss) - SizeTerm(parameters);
        return dataTerm > 0 ? Unrepeated(Math.Pow(B.Value / dataTerm, 1 / Beta.Value)) : null;
    }

    /// <summary>
    /// Nats per token by which one more token of training lowers the loss: −∂L/∂D = k (A / N^α + B / D^β)^(k−1) β B / D^(β+1), &gt; 0.
    /// No check of the range.
    /// </summary>
    public double LossPerToken(double parameters, double tokens) =>
        JointSlope(SizeTerm(parameters) + DataTerm(tokens)) * Beta.Value * DataTerm(tokens) / Worth(tokens)
        * (Repeated?.NextWorth(tokens) ?? 1);

    /// <summary>A / N^α + B / D^β at a loss; not positive at or below the irreducible one.</summary>
    internal double TermsAt(double loss) => K is { Value: var k } && loss > E.Value ? Math.Pow(loss - E.Value, 1 / k) : loss - E.Value;

    private double Joint(double terms) => K is { Value: var k } ? Math.Pow(terms, k) : terms;

    private double JointSlope(double terms) => K is { Value: var k } ? k * Math.Pow(terms, k - 1) : 1;

    private double SizeTerm(double parameters) => A.Value * Math.Pow(parameters, -Alpha.Value);

    private double DataTerm(double tokens) => B.Value * Math.Pow(Worth(tokens), -Beta.Value);

    private double Worth(double tokens) => Repeated?.Worth(tokens) ?? tokens;

    private double? Unrepeated(double worth) => Repeated is { } repetition ? repetition.TokensFor(worth) : worth;

    /// <summary>Standard error of ln(prefactor · x^−exponent) at ln x.</summary>
    private double RelativeError(Coefficient prefactor, Coefficient exponent, double logX)
    {
        var left = (prefactor.StandardError ?? 0) / prefactor.Value;
        var right = (exponent.StandardError ?? 0) * logX;
        return Math.Sqrt(Math.Max(0, left * left + right * right - 2 * PrefactorExponentCorrelation * left * right));
    }
}

/// <summary>A fitted constant with the standard error its publisher states.</summary>
/// <param name="Value">The constant.</param>
/// <param name="StandardError">Its standard error, ≥ 0; null when none was published.</param>
public sealed record Coefficient(double Value, double? StandardError = null);

/// <summary>How large a model is trained on how much.</summary>
/// <param name="Parameters">All parameters N, embeddings included.</param>
/// <param name="Tokens">Training tokens D.</param>
public readonly record struct TrainingPoint(double Parameters, double Tokens)
{
    /// <summary>Training FLOPs by the convention of the scaling laws, C = 6 · N · D.</summary>
    public double Flops => 6 * Parameters * Tokens;

    /// <summary>Tokens per parameter, D / N.</summary>
    public double TokensPerParameter => Tokens / Parameters;
}

/// <summary>
/// A predicted loss in nats per token. The interval holds what the constants' standard errors and seeds explain on the
/// law's own corpus; another corpus or tokenizer shifts all losses by an amount that no law knows.
/// </summary>
/// <param name="Mean">Central estimate.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
public readonly record struct LossEstimate(double Mean, double Low, double High);
