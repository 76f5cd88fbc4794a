using SlmPlanner.Core.Planning.Answers;
using SlmPlanner.Core.Planning.Forecasts;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Core.Planning.Explain;

/// <summary>What a candidate keeps of the limits, and what sets it apart from another.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="LimitCostUsd">The candidate's cost that is not exceeded at the asked confidence.</param>
/// <param name="LimitHours">Its duration, the same way.</param>
public sealed record Contrast(PlanRequest Request, double LimitCostUsd, double LimitHours)
{
    /// <summary>A term that is longer by less than this share of all GPU time is not worth a mention.</summary>
    private const double LeastShare = 0.02;

    /// <summary>What the other one was called when it was asked for; null when it is the winner.</summary>
    public string? Rival { get; init; }

    /// <summary>
    /// Price per device and hour at which the candidate would cost as much as the other; null when it is not dearer, or time is the
    /// objective.
    /// </summary>
    public double? BreakEvenUsdPerGpuHour { get; init; }

    /// <summary>The term of the step that takes the candidate longest against the other; null when none is worth a mention.</summary>
    public TermDifference? LargestDifference { get; init; }

    /// <summary>Sets a candidate against another, or against the limits alone.</summary>
    /// <param name="outcome">The search that both come from.</param>
    /// <param name="chosen">The candidate as the search knows it.</param>
    /// <param name="candidate">The candidate in full.</param>
    /// <param name="against">The other in full; null when there is none.</param>
    /// <param name="rival">What the other is called; null for the winner.</param>
    internal static Contrast Of(SearchOutcome outcome, Choice chosen, Candidate candidate, Candidate? against, string? rival)
    {
        var contrast = new Contrast(outcome.Request, chosen.Priced.LimitCostUsd, chosen.Priced.LimitHours) { Rival = rival };
        return against is null ? contrast : contrast with
        {
            BreakEvenUsdPerGpuHour = outcome.Request.Objective == Objective.Time || !(candidate.CostUsd > against.CostUsd)
                ? null
                : candidate.UsdPerHour * BreakEvenPrices.PriceRatio(candidate, against.CostUsd) / candidate.Gpus,
            LargestDifference = Largest(candidate, against),
        };
    }

    private static TermDifference? Largest(Candidate candidate, Candidate against)
    {
        var (own, others) = (GpuSecondsPerMillionTokens(candidate), GpuSecondsPerMillionTokens(against));
        var difference = own.Zip(others, (left, right) => new TermDifference(left.Name, left.Amount, right.Amount))
            .MaxBy(pair => pair.Own - pair.Other)!;
        return difference.Own - difference.Other < LeastShare * own.Sum(part => part.Amount) ? null : difference;
    }

    private static List<NamedAmount> GpuSecondsPerMillionTokens(Candidate candidate)
    {
        var tokensPerStep = candidate.TokensPerSecond * candidate.StepTimeSeconds;
        return [.. candidate.Breakdown.StepTimeS.Select(term => term with { Amount = term.Amount * candidate.Gpus / tokensPerStep * 1e6 })];
    }
}

/// <summary>One term of the step time of two candidates, in GPU-seconds per million tokens.</summary>
/// <param name="Term">The term's key.</param>
/// <param name="Own">The candidate's.</param>
/// <param name="Other">The other's.</param>
public sealed record TermDifference(string Term, double Own, double Other);
