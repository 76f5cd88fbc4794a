using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Scheduling;

namespace SlmPlanner.Presentation.Wording;

/// <summary>The answer of a plan and its reasons, one sentence each, the answer first.</summary>
internal static class PlanReasons
{
    private const string DefaultDeadline = "default-deadline";

    /// <summary>All sentences: as a saved plan was told, else from its facts.</summary>
    public static IReadOnlyList<string> Of(PlanResult plan) => plan.Reasons.Count > 0 ? plan.Reasons : plan.Recommendation is { } best
        ? [.. new[] { Answer(best), Expected(plan, best), RunnerUp(plan, best), OtherEnd(plan, best), Step(best),
            Memory(best) }.OfType<string>()]
        : [None(plan.Request, plan.Rejected), .. plan.Remedies.Select(RejectionWords.Of)];

    /// <summary>That no plan keeps the limits, and why.</summary>
    public static string None(PlanRequest request, Rejections rejected)
    {
        var what = request.Model is { } model ? $"No plan trains {model.Name}" : "No plan trains a model";
        var tokens = request.Tokens is { } count ? $" on {Readable.Count(count)} tokens" : "";
        return $"{what}{tokens}{Limits(request)}: {RejectionWords.Why(rejected)}.";
    }

    /// <summary>The largest terms of a candidate's step with their shares, and its utilisation.</summary>
    public static string Step(Candidate candidate)
    {
        const double Least = 0.05;
        const int Most = 3;
        var shares = candidate.Breakdown.StepTimeS
            .OrderByDescending(term => term.Amount)
            .Select(term => (Name: BreakdownWords.StepTerm(term.Name), Share: term.Amount / candidate.StepTimeSeconds))
            .Where((term, index) => index == 0 || (index < Most && term.Share >= Least))
            .Select(term => $"{Readable.Percent(term.Share)} {term.Name}");
        return $"A step takes {Readable.Seconds(candidate.StepTimeSeconds)}: {string.Join(", ", shares)}. "
            + $"Model FLOPs utilisation is {Readable.Percent(candidate.Mfu)}.";
    }

    /// <summary>The answer in one breath.</summary>
    private static string Answer(Candidate best) =>
        $"{(best.Provider == FleetOffers.Provider ? "Use your own" : "Rent")} {CandidateText.Devices(best)}"
        + $"{(best.Provider == FleetOffers.Provider ? "" : $" at {best.Provider}")} for about {Readable.Hours(best.Hours)} and "
        + $"{Readable.Usd(best.CostUsd)}.";

    private static string Expected(PlanResult plan, Candidate best)
    {
        var coverage = Readable.Percent(plan.Request.Confidence);
        var hours = Median(best.Hours, best.HoursMedian, amount => Readable.HoursLike(amount, best.Hours))
            + $"{coverage} interval {Readable.HoursRange(best.HoursLow, best.HoursHigh)}";
        var usd = Median(best.CostUsd, best.CostUsdMedian, Readable.Usd) + $"{coverage} interval"
            + $" {Readable.UsdRange(best.CostUsdLow, best.CostUsdHigh)}";
        return $"{Readable.Count(best.Tokens)} tokens of {best.Model} on {MachineWords.Of(best)} are expected to take"
            + $" {Readable.Hours(best.Hours)} ({hours}) and to cost {Readable.Usd(best.CostUsd)} ({usd}){Kept(plan, best)}.";
    }

    /// <summary>The median where it reads unlike the expected amount.</summary>
    private static string Median(double expected, double? median, Func<double, string> read) =>
        median is { } half && read(half) != read(expected) ? $"median {read(half)}, " : "";

    /// <summary>
    /// The limits that were asked for, with the probability of keeping them; a deadline that is only assumed is left out.
    /// </summary>
    private static string Kept(PlanResult plan, Candidate best)
    {
        var request = plan.Request;
        var isDeadlineAssumed = plan.Findings.Any(finding => finding.Id == DefaultDeadline);
        IEnumerable<string?> kept =
        [
            request.BudgetUsd is { } usd && best.BudgetKeptProbability is { } budget
                ? $"the budget of {Readable.Usd(usd)} with probability {Readable.Probability(budget)}" : null,
            !isDeadlineAssumed && request.DeadlineHours is { } hours && best.DeadlineKeptProbability is { } deadline
                ? $"the deadline of {Readable.Hours(hours)} with probability {Readable.Probability(deadline)}" : null,
        ];
        var parts = kept.OfType<string>().ToList();
        return parts.Count == 0 ? "" : $", within {string.Join(" and ", parts)}";
    }

    private static string RunnerUp(PlanResult plan, Candidate best) =>
        plan.BestPerGpu.FirstOrDefault(candidate => candidate.Gpu != best.Gpu) is { } other
            ? $"The next best GPU type needs {MachineWords.Of(other)}: {Compared(other, best)}"
                + $"{(CandidateText.KeepsLimits(other, plan.Request.Confidence) ? "" : ", and it misses the limits")}."
            : $"No other GPU type is offered that fits {best.Model}.";

    private static string? OtherEnd(PlanResult plan, Candidate best)
    {
        if (plan.Answers is { Count: > 0 })
            return null;
        var (other, end) = plan.Request.Objective == Objective.Time
            ? (plan.Alternatives.Count > 0 ? plan.Alternatives[0] : best, "cheapest")
            : (plan.Alternatives.Count > 0 ? plan.Alternatives[^1] : best, "fastest");
        var same = Machines.Of(other) == Machines.Of(best) && other.Hours == best.Hours && other.CostUsd == best.CostUsd;
        return same ? null : $"The {end} of all is {MachineWords.Of(other)}: {Compared(other, best)}.";
    }

    private static string Compared(Candidate other, Candidate best) =>
        $"{Readable.Usd(other.CostUsd)} ({Difference(other.CostUsd, best.CostUsd, "more", "less")})"
        + $" in {Readable.Hours(other.Hours)} ({Difference(other.Hours, best.Hours, "longer", "shorter")})";

    private static string Difference(double amount, double than, string more, string less)
    {
        var ratio = amount / than;
        return ratio switch
        {
            >= 2 => $"{Readable.Number(ratio)} times as {(more == "longer" ? "long" : "much")}",
            > 1 => $"{Readable.Percent(ratio - 1)} {more}",
            < 1 => $"{Readable.Percent(1 - ratio)} {less}",
            _ => "the same",
        };
    }

    private static string Memory(Candidate best) =>
        (AnswerWords.FitsSentence(best) is { } fits ? $"{fits}:" : "It needs")
        + $" {Readable.Gib(best.PeakMemoryBytes)} of {Readable.Gib(best.DeviceMemoryBytes)} per GPU with "
        + $"{CandidateText.Name(best.Parallelism)},"
        + $" micro-batch {best.MicroBatch}, accumulation {best.GradAccum} and recomputation {CandidateText.Name(best.Recomputation)}"
        + $"{LongSequenceWords.After(best)}{EvaluationWords.After(best.EvalBatch)}.";

    private static string Limits(PlanRequest request) =>
        (request.BudgetUsd is { } usd ? $" for {Readable.Usd(usd)}" : "")
        + (request.DeadlineHours is { } hours ? $" within {Readable.Hours(hours)}" : "");
}
