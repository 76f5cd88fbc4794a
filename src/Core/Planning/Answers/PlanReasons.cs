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
        return [$"No plan trains {outcome.Goal.Model.Name} on {Wording.Count(outcome.Goal.Tokens)} tokens{LimitsInWords()}: {Why(rejected)}.",
            .. remedies.Select(remedy => remedy.Sentence)];
    }

    /// <summary>The nearest miss of a limit; where none is near one, the most frequent reason.</summary>
    private static string Why(Rejections rejected)
    {
        var nearest = rejected.Reasons.Where(reason => reason.MissedBy is not null)
            .OrderBy(reason => reason.Reason == Reason.OutOfMemory ? 1 : 0)
            .ThenBy(reason => reason.MissedBy)
            .FirstOrDefault();
        if (nearest is not null)
            return $"the nearest ({nearest.Reason}) misses by {Wording.Percent(nearest.MissedBy!.Value)}, {nearest.NearestMiss}";
        return rejected.Reasons.Count > 0
            ? $"{Wording.Count(rejected.Reasons[0].Count)} of {Wording.Count(rejected.Evaluated)} candidates fail for {rejected.Reasons[0].Reason}"
            : "the filters leave no offer";
    }

    private string Answer(Candidate best, Choice chosen) =>
        $"Rent {Wording.Machines(chosen.Tally)}: {Wording.Count(best.Tokens)} tokens of {best.Model} take {Wording.Duration(best.Hours)}"
        + $" ({Interval(Wording.Duration(best.HoursLow), Wording.Duration(best.HoursHigh))})"
        + $" and cost {Wording.Usd(best.CostUsd)} ({Interval(Wording.Usd(best.CostUsdLow), Wording.Usd(best.CostUsdHigh))}){Kept(best)}.";

    private string Interval(string low, string high) => $"{Wording.Percent(outcome.Request.Confidence)} interval {low} to {high}";

    private string Kept(Candidate best)
    {
        IEnumerable<string?> kept =
        [
            best.BudgetKeptProbability is { } budget ? $"the budget of {Wording.Usd(outcome.Goal.Limits.BudgetUsd)} with probability {Probability(budget)}" : null,
            best.DeadlineKeptProbability is { } deadline ? $"the deadline of {Wording.Duration(outcome.Goal.Limits.DeadlineHours)} with probability {Probability(deadline)}" : null,
        ];
        var parts = kept.OfType<string>().ToList();
        return parts.Count == 0 ? "" : $", within {string.Join(" and ", parts)}";
    }

    private static string Probability(double probability) =>
        probability > 0.995 ? "above 0.99" : Wording.Figures(Math.Round(probability, 2));

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
        $"{Wording.Usd(other.Priced.CostUsd)} ({Difference(other.Priced.CostUsd, chosen.Priced.CostUsd, "more", "less")}) in {Wording.Duration(other.Priced.Hours)} ({Difference(other.Priced.Hours, chosen.Priced.Hours, "longer", "shorter")})";

    private static string Difference(double amount, double than, string more, string less)
    {
        var ratio = amount / than;
        return ratio switch
        {
            >= 2 => $"{Wording.Figures(ratio)} times",
            > 1 => $"{Wording.Percent(ratio - 1)} {more}",
            < 1 => $"{Wording.Percent(1 - ratio)} {less}",
            _ => "the same",
        };
    }

    private static string Memory(Candidate best) =>
        $"It needs {Wording.GiB(best.PeakMemoryBytes)} of {Wording.GiB(best.DeviceMemoryBytes)} per GPU with {DeclaredName.Of(best.Parallelism)}, micro-batch {best.MicroBatch}, accumulation {best.GradAccum} and recomputation {DeclaredName.Of(best.Recomputation)}.";

    private string LimitsInWords()
    {
        var (budget, deadline) = (outcome.Request.BudgetUsd, outcome.Request.DeadlineHours);
        return (budget, deadline) switch
        {
            ({ } usd, { } hours) => $" for {Wording.Usd(usd)} within {Wording.Duration(hours)}",
            ({ } usd, null) => $" for {Wording.Usd(usd)}",
            (null, { } hours) => $" within {Wording.Duration(hours)}",
            _ => "",
        };
    }
}
