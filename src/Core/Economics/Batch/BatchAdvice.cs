using SlmPlanner.Core.Findings;

namespace SlmPlanner.Core.Economics.Batch;

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
