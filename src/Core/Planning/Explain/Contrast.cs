using SlmPlanner.Core.Planning.Answers;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;
using SlmPlanner.Core.Planning.Sensitivity;
using SlmPlanner.Core.Text;

namespace SlmPlanner.Core.Planning.Explain;

/// <summary>Sentences that set a candidate against the one that wins.</summary>
/// <param name="outcome">The search that both come from.</param>
/// <param name="rival">What the other one is called, for example <c>the winner</c>.</param>
public sealed class Contrast(SearchOutcome outcome, string rival)
{
    /// <summary>A term that is longer by less than this share of all GPU time is not worth a mention.</summary>
    private const double LeastShare = 0.02;

    /// <summary>All sentences that apply.</summary>
    /// <param name="candidate">The candidate in full.</param>
    /// <param name="chosen">The same as the search knows it.</param>
    /// <param name="winner">What wins; null when the candidate does.</param>
    /// <param name="against">The same as the search knows it.</param>
    public IReadOnlyList<string> Sentences(Candidate candidate, Choice chosen, Candidate? winner, Choice? against)
    {
        IEnumerable<string?> sentences =
        [
            Summary(candidate, chosen),
            OverLimit(chosen),
            .. winner is null || against is null ? [] : Against(candidate, chosen, winner, against),
            StepTerms.Sentence(candidate),
            $"{Wording.Setup(chosen.Priced.Evaluation.Setup)} needs {Readable.Gib(candidate.PeakMemoryBytes)} of {Readable.Gib(candidate.DeviceMemoryBytes)} per GPU, most of it {Largest(candidate.Breakdown.MemoryBytes)}.",
        ];
        return [.. sentences.OfType<string>()];
    }

    private static string Summary(Candidate candidate, Choice chosen) =>
        $"{Wording.Machines(chosen.Result)} trains {Readable.Count(candidate.Tokens)} tokens of {candidate.Model} in {Readable.Hours(candidate.Hours)} for {Readable.Usd(candidate.CostUsd)}: {Readable.Count(candidate.TokensPerSecond)} tokens/s at {Readable.Usd(candidate.UsdPerHour)} per hour.";

    private string? OverLimit(Choice chosen)
    {
        var limits = outcome.Goal.Limits;
        var (cost, hours) = (chosen.Priced.LimitCostUsd, chosen.Priced.LimitHours);
        IEnumerable<string?> misses =
        [
            cost > limits.BudgetUsd ? $"the budget of {Readable.Usd(limits.BudgetUsd)} by {Readable.Percent(cost / limits.BudgetUsd - 1)} ({Readable.Usd(cost)})" : null,
            hours > limits.DeadlineHours ? $"the deadline of {Readable.Hours(limits.DeadlineHours)} by {Readable.Percent(hours / limits.DeadlineHours - 1)} ({Readable.Hours(hours)})" : null,
        ];
        var parts = misses.OfType<string>().ToList();
        return parts.Count == 0 ? null : $"At {Readable.Percent(outcome.Request.Confidence)} confidence it misses {string.Join(" and ", parts)}.";
    }

    private IEnumerable<string?> Against(Candidate candidate, Choice chosen, Candidate winner, Choice against)
    {
        yield return $"Against it stands {rival}, {Wording.Machines(against.Result)}, with {Readable.Hours(winner.Hours)} and {Readable.Usd(winner.CostUsd)}.";
        yield return $"It is {Times(candidate.TokensPerSecond / winner.TokensPerSecond)} as fast as {rival} at {Times(candidate.UsdPerHour / winner.UsdPerHour)} the price per hour; with start-up and stops the run is expected to cost {Times(candidate.CostUsd / winner.CostUsd)} as much.";
        yield return TooSlow(candidate, winner);
        yield return BreakEven(candidate, chosen, winner);
        yield return LargestDifference(candidate, winner);
    }

    private string? TooSlow(Candidate candidate, Candidate winner) =>
        outcome.Request.Objective == Objective.Time && candidate.Hours > winner.Hours
            ? $"The least time was asked for, and it is expected to take {Times(candidate.Hours / winner.Hours)} as long as {rival}."
            : null;

    private string? BreakEven(Candidate candidate, Choice chosen, Candidate winner)
    {
        if (outcome.Request.Objective == Objective.Time || !(candidate.CostUsd > winner.CostUsd))
            return null;
        var price = candidate.UsdPerHour * BreakEvenPrices.PriceRatio(candidate, winner.CostUsd) / candidate.Gpus;
        return $"It would be as cheap as {rival} at {Readable.Usd(price)} per GPU-hour, instead of {Readable.Usd(candidate.UsdPerHour / candidate.Gpus)}{(chosen.Priced.LimitHours <= outcome.Goal.Limits.DeadlineHours ? "" : "; the deadline would still be missed")}.";
    }

    private string? LargestDifference(Candidate candidate, Candidate winner)
    {
        var (own, others) = (GpuSecondsPerMillionTokens(candidate), GpuSecondsPerMillionTokens(winner));
        var (term, more) = own.Zip(others, (left, right) => (left.Name, More: left.Amount - right.Amount)).MaxBy(pair => pair.More);
        return more < LeastShare * own.Sum(part => part.Amount) ? null
            : $"Its largest loss against {rival} is {StepTerms.InWords(term)}: {Readable.Number(own.First(part => part.Name == term).Amount)} against {Readable.Number(others.First(part => part.Name == term).Amount)} GPU-seconds per million tokens.";
    }

    private static List<NamedAmount> GpuSecondsPerMillionTokens(Candidate candidate)
    {
        var tokensPerStep = candidate.TokensPerSecond * candidate.StepTimeSeconds;
        return [.. candidate.Breakdown.StepTimeS.Select(term => term with { Amount = term.Amount * candidate.Gpus / tokensPerStep * 1e6 })];
    }

    private static string Largest(IReadOnlyList<NamedAmount> parts) => parts.MaxBy(part => part.Amount)!.Name.Replace('_', ' ');

    private static string Times(double ratio) => $"{Readable.Number(ratio)} times";
}
