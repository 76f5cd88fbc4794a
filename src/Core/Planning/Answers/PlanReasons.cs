using SlmPlanner.Core.Planning.Search;
using SlmPlanner.Core.Text;

namespace SlmPlanner.Core.Planning.Answers;

/// <summary>The answer and its reasons, in sentences made from the numbers.</summary>
/// <param name="outcome">The search.</param>
public sealed class PlanReasons(SearchOutcome outcome)
{
    /// <summary>Sentences for a feasible plan: the answer first.</summary>
    /// <param name="recommended">The recommendation in full.</param>
    /// <param name="chosen">The same as the search knows it.</param>
    /// <param name="perGpu">The best of each device type, best first.</param>
    public IReadOnlyList<string> For(Candidate recommended, Choice chosen, IReadOnlyList<Choice> perGpu)
    {
        IEnumerable<string?> sentences =
        [
            Answer(recommended, chosen),
            RunnerUp(chosen, perGpu),
            OtherEnd(chosen),
            StepTerms.Sentence(recommended),
            Memory(recommended),
        ];
        return [.. sentences.OfType<string>()];
    }

    /// <summary>Sentences for a request that nothing keeps.</summary>
    /// <param name="rejected">Why candidates fail.</param>
    /// <param name="remedies">What would make it feasible.</param>
    public IReadOnlyList<string> ForNone(Rejections rejected, IReadOnlyList<Remedy> remedies)
    {
        return [$"No plan trains {outcome.Goal.Model.Name} on {Readable.Count(outcome.Goal.Tokens)} tokens{LimitsInWords()}: {Why(rejected)}.",
            .. remedies.Select(remedy => remedy.Sentence)];
    }

    /// <summary>The nearest miss of a limit; where none is near one, the most frequent reason.</summary>
    private static string Why(Rejections rejected)
    {
        if (rejected.Nearest() is { } nearest)
            return $"the nearest ({Readable.Words(nearest.Reason)}) misses by {Readable.Percent(nearest.MissedBy!.Value)}, {nearest.NearestMiss}";
        return rejected.Reasons.Count > 0
            ? $"{Readable.Count(rejected.Reasons[0].Count)} of {Readable.Count(rejected.Evaluated)} candidates fail: {Readable.Words(rejected.Reasons[0].Reason)}"
            : "the filters leave no offer";
    }

    private string Answer(Candidate best, Choice chosen) =>
        $"{(chosen.Tally.Offer.Offer.Owned ? "Use" : "Rent")} {Wording.Machines(chosen.Tally)}: {Readable.Count(best.Tokens)} tokens of {best.Model} are expected to take {Readable.Hours(best.Hours)}"
        + $" ({Interval(best.Hours, best.HoursMedian ?? best.Hours, Readable.HoursRange(best.HoursLow, best.HoursHigh), hours => Readable.HoursLike(hours, best.Hours))})"
        + $" and to cost {Readable.Usd(best.CostUsd)} ({Interval(best.CostUsd, best.CostUsdMedian ?? best.CostUsd, Readable.UsdRange(best.CostUsdLow, best.CostUsdHigh), Readable.Usd)}){Kept(best)}.";

    /// <summary>The median where it reads unlike the expected amount, and the interval.</summary>
    private string Interval(double expected, double median, string range, Func<double, string> read) =>
        $"{(read(median) == read(expected) ? "" : $"median {read(median)}, ")}{Readable.Percent(outcome.Request.Confidence)} interval {range}";

    private string Kept(Candidate best)
    {
        IEnumerable<string?> kept =
        [
            best.BudgetKeptProbability is { } budget ? $"the budget of {Readable.Usd(outcome.Goal.Limits.BudgetUsd)} with probability {Readable.Probability(budget)}" : null,
            best.DeadlineKeptProbability is { } deadline ? $"the deadline of {Readable.Hours(outcome.Goal.Limits.DeadlineHours)} with probability {Readable.Probability(deadline)}" : null,
        ];
        var parts = kept.OfType<string>().ToList();
        return parts.Count == 0 ? "" : $", within {string.Join(" and ", parts)}";
    }

    private string? RunnerUp(Choice chosen, IReadOnlyList<Choice> perGpu)
    {
        if (perGpu.FirstOrDefault(choice => choice.Gpu != chosen.Gpu) is not { } other)
            return $"No other GPU type is offered that fits {outcome.Goal.Model.Name}.";
        return $"The next best GPU type needs {Wording.Machines(other.Tally)}: {Compared(other, chosen)}{(other.Feasible ? "" : ", and it misses the limits")}.";
    }

    private string? OtherEnd(Choice chosen)
    {
        var front = outcome.Front();
        var other = outcome.Request.Objective == Objective.Time ? front[0] : front[^1];
        var end = outcome.Request.Objective == Objective.Time ? "cheapest" : "fastest";
        return other == chosen ? null : $"The {end} of all is {Wording.Machines(other.Tally)}: {Compared(other, chosen)}.";
    }

    private static string Compared(Choice other, Choice chosen) =>
        $"{Readable.Usd(other.Priced.CostUsd)} ({Difference(other.Priced.CostUsd, chosen.Priced.CostUsd, "more", "less")}) in {Readable.Hours(other.Priced.Hours)} ({Difference(other.Priced.Hours, chosen.Priced.Hours, "longer", "shorter")})";

    private static string Difference(double amount, double than, string more, string less)
    {
        var ratio = amount / than;
        return ratio switch
        {
            >= 2 => $"{Readable.Number(ratio)} times",
            > 1 => $"{Readable.Percent(ratio - 1)} {more}",
            < 1 => $"{Readable.Percent(1 - ratio)} {less}",
            _ => "the same",
        };
    }

    private static string Memory(Candidate best) =>
        $"It needs {Readable.Gib(best.PeakMemoryBytes)} of {Readable.Gib(best.DeviceMemoryBytes)} per GPU with {best.Parallelism}, micro-batch {best.MicroBatch}, accumulation {best.GradAccum} and recomputation {DeclaredName.Of(best.Recomputation)}.";

    private string LimitsInWords()
    {
        var (budget, deadline) = (outcome.Request.BudgetUsd, outcome.Request.DeadlineHours);
        return (budget, deadline) switch
        {
            ({ } usd, { } hours) => $" for {Readable.Usd(usd)} within {Readable.Hours(hours)}",
            ({ } usd, null) => $" for {Readable.Usd(usd)}",
            (null, { } hours) => $" within {Readable.Hours(hours)}",
            _ => "",
        };
    }
}
