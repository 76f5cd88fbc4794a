using SlmPlanner.Core.Economics.Batch;

namespace SlmPlanner.Core.Economics.Recipe;

/// <summary>
/// A batch that grows with the tokens seen, for early in a run a large one teaches little more than a small one. The critical batch of a
/// run of D tokens (arXiv 2410.21676) is taken to be that of a longer run after D tokens: an assumption, as in published batch warm-ups
/// (Merrill et al. 2025, arXiv 2505.23971, recalled).
/// </summary>
/// <param name="Stages">The stages, the last with the batch of the plan.</param>
/// <param name="SavedShare">Tokens that the fixed batch would need on top for an equal loss, as a share of the run's.</param>
public sealed record BatchWarmup(IReadOnlyList<BatchStage> Stages, double SavedShare)
{
    /// <summary>Below this a warm-up is not worth its trouble.</summary>
    private const double LeastSaved = 0.01;

    private const int MostHalvings = 3;

    /// <summary>The warm-up of a run; null where it would save less than a hundredth of the tokens.</summary>
    /// <param name="critical">The critical batch.</param>
    /// <param name="batchTokens">Tokens of one step of the plan.</param>
    /// <param name="tokens">Training tokens.</param>
    /// <param name="accumulation">Micro-batches per step; a smaller batch has fewer of them, on as many devices.</param>
    internal static BatchWarmup? Of(CriticalBatch critical, double batchTokens, double tokens, int accumulation)
    {
        var halvings = 0;
        while (halvings < MostHalvings && accumulation % (1 << (halvings + 1)) == 0)
            halvings++;
        var (stages, began, saved) = (new List<BatchStage>(), 0.0, 0.0);
        for (var halving = halvings; halving >= 0; halving--)
        {
            var batch = batchTokens / (1 << halving);
            var until = halving == 0 ? tokens : Math.Min(tokens, critical.TokensAt(2 * batch));
            if (until <= began)
                continue;
            saved += critical.Overhead(batchTokens - batch, began, until);
            stages.Add(new(until, batch));
            began = until;
        }
        return saved / tokens < LeastSaved ? null : new(stages, saved / tokens);
    }
}

/// <summary>A stretch of a run with one batch.</summary>
/// <param name="UntilTokens">Tokens seen at its end.</param>
/// <param name="BatchTokens">Tokens of one step.</param>
public readonly record struct BatchStage(double UntilTokens, double BatchTokens);
