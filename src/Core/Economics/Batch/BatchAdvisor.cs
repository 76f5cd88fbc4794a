using System.Globalization;
using SlmPlanner.Core.Findings;

namespace SlmPlanner.Core.Economics.Batch;

/// <summary>Judges a global batch against the critical batch size.</summary>
public sealed class BatchAdvisor(CriticalBatch critical)
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
            findings.Add(new(Severity.Warning, "batch-above-critical", string.Create(CultureInfo.InvariantCulture,
                $"A global batch of {batchTokens:N0} tokens is above the critical batch of about {limit:N0} for {trainingTokens / 1e9:0.##} B tokens: it needs about {overhead:P0} more tokens for the same loss than a small batch. Fewer devices, a smaller micro-batch or less accumulation bring it to {recommended:N0}.")));
        if (trainingTokens < critical.Profile.TokensMin.Value || trainingTokens > critical.Profile.TokensMax.Value)
            findings.Add(new(Severity.Hint, "batch-law-extrapolates", string.Create(CultureInfo.InvariantCulture,
                $"The critical batch is extrapolated: its law rests on runs of {critical.Profile.TokensMin.Value / 1e9:0} B to {critical.Profile.TokensMax.Value / 1e9:0} B tokens.")));
        return findings;
    }
}

/// <summary>What global batch a run should have, and what is wrong with the one it has.</summary>
/// <param name="CriticalTokens">Critical batch by the run's tokens.</param>
/// <param name="CriticalTokensAtLoss">Critical batch by the loss reached; null when no loss is predicted.</param>
/// <param name="RecommendedTokens">The largest power of two of sequences within the critical batch, in tokens.</param>
/// <param name="Overhead">Share of extra tokens that the batch in use needs for the same loss.</param>
/// <param name="Findings">What the reader should know.</param>
public sealed record BatchAdvice(
    double CriticalTokens,
    double? CriticalTokensAtLoss,
    double RecommendedTokens,
    double Overhead,
    IReadOnlyList<Finding> Findings);
