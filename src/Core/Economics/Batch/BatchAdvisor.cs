using SlmPlanner.Core.Findings;

namespace SlmPlanner.Core.Economics.Batch;

/// <summary>A global batch above the critical one.</summary>
/// <param name="BatchTokens">The global batch.</param>
/// <param name="CriticalTokens">The critical batch.</param>
/// <param name="TrainingTokens">Tokens trained on.</param>
/// <param name="Overhead">Share of extra tokens needed for the same loss.</param>
/// <param name="RecommendedTokens">The largest batch advised.</param>
public sealed record BatchAboveCritical(
    double BatchTokens, double CriticalTokens, double TrainingTokens, double Overhead, double RecommendedTokens)
    : Finding(Severity.Warning, "batch-above-critical");

/// <summary>A run outside those that the law of the critical batch rests on.</summary>
/// <param name="LeastTokens">Fewest tokens of those runs.</param>
/// <param name="MostTokens">Most tokens.</param>
public sealed record BatchLawExtrapolates(double LeastTokens, double MostTokens) : Finding(Severity.Hint, "batch-law-extrapolates");

/// <summary>Judges a global batch against the critical batch size.</summary>
internal sealed class BatchAdvisor(CriticalBatch critical)
{
    /// <summary>Advice on a run.</summary>
    /// <param name="trainingTokens">Tokens trained on.</param>
    /// <param name="seqLen">Tokens per sequence.</param>
    /// <param name="batchTokens">The global batch that is planned or that the hardware wants, tokens.</param>
    /// <param name="loss">Expected loss, where there is one.</param>
    public BatchAdvice Advise(double trainingTokens, int seqLen, double batchTokens, double? loss)
    {
        var limit = critical.Tokens(trainingTokens);
        var sequences = Math.Pow(2, Math.Max(0, Math.Floor(Math.Log2(limit / seqLen))));
        var overhead = critical.Overhead(batchTokens, trainingTokens);
        return new(
            limit,
            loss is { } reached ? critical.TokensAtLoss(reached) : null,
            sequences * seqLen,
            overhead,
            Findings(trainingTokens, batchTokens, limit, overhead, sequences * seqLen));
    }

    private List<Finding> Findings(double trainingTokens, double batchTokens, double limit, double overhead, double recommended)
    {
        var findings = new List<Finding>();
        if (batchTokens > limit)
            findings.Add(new BatchAboveCritical(batchTokens, limit, trainingTokens, overhead, recommended));
        var (least, most) = (critical.Profile.TokensMin.Value, critical.Profile.TokensMax.Value);
        if (trainingTokens < least || trainingTokens > most)
            findings.Add(new BatchLawExtrapolates(least, most));
        return findings;
    }
}

/// <summary>What global batch a run should have, and what is wrong with the one it has.</summary>
/// <param name="CriticalTokens">Critical batch by the run's tokens.</param>
/// <param name="CriticalTokensAtLoss">Critical batch by the loss reached; null when no loss is predicted.</param>
/// <param name="RecommendedTokens">The largest power of two of sequences within the critical batch, in tokens.</param>
/// <param name="Overhead">Share of extra tokens that the batch in use needs for the same loss.</param>
/// <param name="Findings">What the reader should know.</param>
internal sealed record BatchAdvice(
    double CriticalTokens,
    double? CriticalTokensAtLoss,
    double RecommendedTokens,
    double Overhead,
    IReadOnlyList<Finding> Findings);
